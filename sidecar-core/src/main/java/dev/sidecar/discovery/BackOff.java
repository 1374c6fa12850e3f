package dev.sidecar.discovery;

import java.util.concurrent.ThreadLocalRandom;

/** How long to leave a registry alone that failed: twice as long each time, up to a limit, never in step. */
final class BackOff {

    private static final long FIRST_MS = 200;
    private static final long LONGEST_MS = 5_000;

    private long untilMs;
    private int failures;

    boolean resting(long nowMs) {
        return failures > 0 && nowMs < untilMs;
    }

    /** Returns whether it is the first failure in a row. */
    boolean failed(long nowMs) {
        long rest = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, 10));
        untilMs = nowMs + rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1);
        return failures++ == 0;
    }

    /** Returns whether it had failed before. */
    boolean succeeded() {
        boolean recovered = failures > 0;
        failures = 0;
        return recovered;
    }
}
