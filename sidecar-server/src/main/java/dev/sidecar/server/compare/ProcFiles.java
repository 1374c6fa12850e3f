package dev.sidecar.server.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the kernel says of a process: <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>. */
final class ProcFiles {

    private static final long NANOS_A_TICK = TimeUnit.SECONDS.toNanos(1) / 100;

    private ProcFiles() {}

    /** CPU time of all its threads, in steps of 10 ms; 0 when it is gone. */
    static long cpuNanos(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_A_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    /** CPU time of the whole machine that was not idle. */
    static long machineBusyNanos() {
        try {
            String[] fields = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .split(" +");
            long busy = 0;
            for (int i = 1; i < Math.min(fields.length, 9); i++) {
                // 4 is idle, 5 waits for a disk.
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(fields[i]);
            }
            return busy * NANOS_A_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Zeros when the process is gone. */
    static Memory memory(long pid) {
        try {
            long rss = 0;
            long pss = 0;
            long own = 0;
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
                String[] words = line.split(" +");
                switch (words[0]) {
                    case "Rss:" -> rss = kilobytes(words);
                    case "Pss:" -> pss = kilobytes(words);
                    case "Private_Clean:", "Private_Dirty:" -> own += kilobytes(words);
                    default -> {
                        // Parts of the same.
                    }
                }
            }
            return new Memory(rss, pss, own, rss - own);
        } catch (IOException e) {
            return Memory.NONE;
        }
    }

    private static long kilobytes(String[] words) {
        return Long.parseLong(words[1]) * 1024;
    }
}
