package dev.sidecar.server.edge;

import java.time.Duration;

/** How long to wait before what failed is tried again: doubling from one second to one minute. */
final class RetryDelay {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofMinutes(1);

    private RetryDelay() {}

    /** @param attempts that failed so far, from 1 */
    static Duration after(int attempts) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        return delay.compareTo(MAX) > 0 ? MAX : delay;
    }
}
