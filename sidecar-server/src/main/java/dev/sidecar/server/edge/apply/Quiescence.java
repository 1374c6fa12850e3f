package dev.sidecar.server.edge.apply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a change is due: once nothing changed for {@code min}, but no later than {@code max} after the first. */
public final class Quiescence {

    private final long min;
    private final long max;
    private @Nullable Long first;

    public Quiescence(Duration min, Duration max) {
        this.min = min.toNanos();
        this.max = Math.max(min.toNanos(), max.toNanos());
    }

    /** A change, at this nanosecond; returns in how many nanoseconds it is due. */
    public synchronized long changed(long now) {
        if (first == null) {
            first = now;
        }
        return Math.max(0, Math.min(min, first + max - now));
    }

    /** All changes so far are being looked at. */
    public synchronized void settled() {
        first = null;
    }
}
