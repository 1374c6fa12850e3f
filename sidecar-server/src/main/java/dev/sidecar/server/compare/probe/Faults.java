package dev.sidecar.server.compare.probe;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A feature that breaks for real, in the process that hosts it: what it is to do is read from a file, one word and a
 * number of seconds.
 */
public final class Faults {

    private static final String FILE = "sidecar.compare.fault";
    private static final int CHUNK = 512 * 1024;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CRASHED = 134;

    /** What leaked; reachable for good. */
    private static final List<byte[]> LEAKED = new ArrayList<>();

    private static volatile long blockedUntil;

    private Faults() {}

    /** The option of the virtual machine that names the file. */
    public static String option(Path file) {
        return "-D" + FILE + "=" + file;
    }

    /** Waits for orders in the background, where there is a file for them. */
    public static void start() {
        String file = System.getProperty(FILE);
        if (file != null) {
            blockedUntil = System.nanoTime();
            Threads.named("fault", () -> obey(Path.of(file))).start();
        }
    }

    /** Every call of the feature goes through here. */
    static void pass() {
        for (long left = blockedUntil - System.nanoTime(); left > 0; left = blockedUntil - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void obey(Path file) {
        while (true) {
            LockSupport.parkNanos(POLL_NANOS);
            try {
                if (Files.exists(file)) {
                    String[] order = Files.readString(file).split(" ");
                    Files.delete(file);
                    breakDown(order[0], TimeUnit.SECONDS.toNanos(Long.parseLong(order[1])));
                }
            } catch (IOException e) {
                // Half written or gone; look again.
            }
        }
    }

    private static void breakDown(String how, long nanos) {
        switch (how) {
            case "crash" -> Runtime.getRuntime().halt(CRASHED);
            case "block" -> blockedUntil = System.nanoTime() + nanos;
            case "spin" -> {
                long end = System.nanoTime() + nanos;
                while (System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                }
            }
            case "leak" -> {
                while (true) {
                    LEAKED.add(new byte[CHUNK]);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                }
            }
            default -> throw new IllegalArgumentException(how);
        }
    }
}
