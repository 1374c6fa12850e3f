package dev.sidecar.linux;

import org.jspecify.annotations.Nullable;

/**
 * What of {@code /proc/<pid>/stat} is needed (proc_pid_stat(5)); times are in ticks of a hundredth of a second.
 *
 * @param cpu user and system, that of ended children not counted
 * @param start since the boot; with the pid it tells processes apart
 * @param pages of memory that are resident
 */
public record ProcessStat(
        long pid, String name, char state, long parent, long session, long cpu, int threads, long start, long pages) {

    /** The kernel's unit towards programs, the same on every common architecture. */
    public static final double TICKS_A_SECOND = 100;

    /** As it is now; null when there is no such process. */
    public static @Nullable ProcessStat read(LinuxFiles files, long pid) {
        String line = files.read("/proc/" + pid + "/stat");
        return line == null ? null : parse(line);
    }

    /** A program may have spaces and brackets in its name: it ends at the last bracket. */
    static @Nullable ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 1 || close < open || close + 2 >= line.length()) {
            return null;
        }
        try {
            String[] fields = line.substring(close + 2).trim().split(" ", 24);
            return fields.length < 22
                    ? null
                    : new ProcessStat(
                            Long.parseLong(line.substring(0, open).trim()),
                            line.substring(open + 1, close),
                            fields[0].charAt(0),
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[3]),
                            Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                            Integer.parseInt(fields[17]),
                            Long.parseLong(fields[19]),
                            Long.parseLong(fields[21]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A zombie, or on its way there. */
    public boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }

    /** Processor time it has used. */
    public double cpuSeconds() {
        return cpu / TICKS_A_SECOND;
    }
}
