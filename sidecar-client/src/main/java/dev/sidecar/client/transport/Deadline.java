package dev.sidecar.client.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point in time until which something must be done.
 *
 * @param nanoTime on the scale of {@link System#nanoTime()}
 * @param allowed what was allowed from the start, for messages
 */
record Deadline(long nanoTime, Duration allowed) {

    private static final Duration LONG = Duration.ofDays(365);

    static Deadline after(Duration allowed) {
        Duration bounded = allowed.compareTo(LONG) < 0 ? allowed : LONG;
        return new Deadline(System.nanoTime() + bounded.toNanos(), allowed);
    }

    static Deadline never() {
        return after(LONG);
    }

    Deadline earlier(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }

    /** Milliseconds left, rounded up; 0 when it has passed. */
    long millisLeft() {
        long nanos = nanoTime - System.nanoTime();
        return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }
}
