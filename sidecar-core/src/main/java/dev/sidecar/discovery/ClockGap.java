package dev.sidecar.discovery;

import java.util.function.LongSupplier;

/** Notices that the wall clock went another way than time: it was set, or the machine slept. Not thread-safe. */
final class ClockGap {

    private static final long TOLERATED_MS = 1_000;

    private final LongSupplier wallMs;
    private final LongSupplier nanos;
    private long offsetMs;

    ClockGap(LongSupplier wallMs, LongSupplier nanos) {
        this.wallMs = wallMs;
        this.nanos = nanos;
        this.offsetMs = offset();
    }

    /** Whether there was a gap since it was last asked. */
    boolean since() {
        long before = offsetMs;
        long now = offset();
        if (Math.abs(now - before) <= TOLERATED_MS) {
            return false;
        }
        offsetMs = now;
        return true;
    }

    private long offset() {
        return wallMs.getAsLong() - nanos.getAsLong() / 1_000_000;
    }
}
