package dev.sidecar.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line of {@code /proc/<pid>/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param root what of the file system is mounted
 * @param options of the mount
 * @param superOptions of the file system
 */
public record Mount(
        String root, String point, List<String> options, String type, String source, List<String> superOptions) {

    public Mount {
        options = List.copyOf(options);
        superOptions = List.copyOf(superOptions);
    }

    /** Those that a process sees, in the order in which they were mounted. */
    public static List<Mount> all(LinuxFiles files, String process) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : files.lines("/proc/" + process + "/mountinfo")) {
            int separator = line.indexOf(" - ");
            if (separator > 0) {
                String[] first = line.substring(0, separator).split(" ");
                String[] second = line.substring(separator + 3).split(" ");
                if (first.length >= 6 && second.length >= 3) {
                    mounts.add(new Mount(
                            Fields.unescaped(first[3]),
                            Fields.unescaped(first[4]),
                            Arrays.asList(first[5].split(",")),
                            second[0],
                            Fields.unescaped(second[1]),
                            Arrays.asList(second[2].split(","))));
                }
            }
        }
        return mounts;
    }

    public boolean readOnly() {
        return options.contains("ro") || superOptions.contains("ro");
    }
}
