package dev.sidecar.watchdog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** For how long more than a ceiling was used. Time comes from the caller. Not thread-safe. */
final class CeilingTracker {

    private final Ceiling ceiling;
    private @Nullable Double value;
    private boolean over;
    private long since;

    CeilingTracker(Ceiling ceiling) {
        this.ceiling = ceiling;
    }

    void begin() {
        value = null;
        over = false;
    }

    /** Null where it could not be read: that is no proof of anything and changes nothing. */
    void sample(@Nullable Double used, long now) {
        if (used == null) {
            return;
        }
        value = used;
        if (used <= ceiling.max()) {
            over = false;
        } else if (!over) {
            over = true;
            since = now;
        }
    }

    boolean broken(long now) {
        return over && now - since >= ceiling.lasting().toNanos();
    }

    boolean isOver() {
        return over;
    }

    CeilingReport report(Cause resource, long now) {
        long overMs = over ? Duration.ofNanos(now - since).toMillis() : 0;
        return new CeilingReport(resource, ceiling.max(), ceiling.lasting().toMillis(), value, overMs);
    }
}
