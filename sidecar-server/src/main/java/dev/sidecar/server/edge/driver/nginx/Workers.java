package dev.sidecar.server.edge.driver.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processes of one NGINX as {@code /proc} shows them: NGINX writes into its own command line what each is.
 *
 * @param serving worker processes that take connections
 * @param leaving worker processes that finish theirs
 */
record Workers(Set<Long> serving, Set<Long> leaving) {

    private static final String WORKER = "nginx: worker process";
    private static final String LEAVING = WORKER + " is shutting down";

    /** The master, if the file names one that runs where this process can see it. */
    static Optional<Long> master(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return title(pid).startsWith("nginx: master process") ? Optional.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The command a master was started with. */
    static List<String> command(long master) {
        return List.of(
                title(master).replaceFirst("^nginx: master process\\s*", "").split("\\s+"));
    }

    static Workers of(long master) {
        Set<Long> serving = new HashSet<>();
        Set<Long> leaving = new HashSet<>();
        for (long child : children(master)) {
            String title = title(child);
            if (title.startsWith(LEAVING)) {
                leaving.add(child);
            } else if (title.startsWith(WORKER)) {
                serving.add(child);
            }
        }
        return new Workers(serving, leaving);
    }

    private static Set<Long> children(long pid) {
        try {
            return Arrays.stream(Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children"))
                            .split(" "))
                    .filter(word -> !word.isBlank())
                    .map(word -> Long.valueOf(word.strip()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::children)
                    .map(ProcessHandle::pid)
                    .collect(Collectors.toSet());
        }
    }

    private static String title(long pid) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}
