package dev.sidecar.server.edge;

import java.time.Duration;

/**
 * When what failed is tried again: after one second, two, four, up to one minute. Something else is tried at once. Not
 * thread-safe.
 */
final class Retry {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofMinutes(1);

    private String generation = "";
    private int failures;
    private long notBefore;

    /** Another failure of this generation, at this nanosecond; returns how long to wait. */
    Duration failed(String generation, long now) {
        failures = isOf(generation) ? failures + 1 : 1;
        this.generation = generation;
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration wait = delay.compareTo(MAX) > 0 ? MAX : delay;
        notBefore = now + wait.toNanos();
        return wait;
    }

    /** Nothing is wrong any more. */
    void end() {
        failures = 0;
        generation = "";
    }

    /** The reason may be gone: the next attempt need not wait. */
    void now() {
        notBefore = System.nanoTime();
    }

    /** Whether this is what failed last. */
    boolean isOf(String generation) {
        return !this.generation.isEmpty() && this.generation.equals(generation);
    }

    /** How many nanoseconds this generation still has to wait; not positive when none. */
    long pause(String generation, long now) {
        return isOf(generation) ? notBefore - now : 0;
    }
}
