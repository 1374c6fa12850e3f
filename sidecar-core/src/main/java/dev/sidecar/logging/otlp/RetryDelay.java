package dev.sidecar.logging.otlp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential back-off with jitter: twice as long each time up to a limit, and never in step with others. */
final class RetryDelay {

    private static final long FIRST_MS = 500;
    private static final long LONGEST_MS = 10_000;

    private int failures;

    Duration next() {
        long rest = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}
