package dev.sidecar.server.compare;

import java.util.concurrent.TimeUnit;

/** By when the work has to end. What does not fit any more is done less often, or left out. */
final class Deadline {

    private static final long NEVER = Long.MAX_VALUE;

    private final long begin;
    private final long nanos;

    private Deadline(long begin, long nanos) {
        this.begin = begin;
        this.nanos = nanos;
    }

    /** From now; 0 for never. */
    static Deadline in(int seconds) {
        return new Deadline(System.nanoTime(), seconds == 0 ? NEVER : TimeUnit.SECONDS.toNanos(seconds));
    }

    /** One that leaves so much for others. */
    Deadline less(long millis) {
        return nanos == NEVER ? this : new Deadline(begin, Math.max(0, nanos - TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    /** Whether so much more work would end in time. */
    boolean leaves(long millis) {
        return millis <= leftMillis();
    }

    /** 0 when it has passed. */
    long leftMillis() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - (System.nanoTime() - begin)));
    }
}
