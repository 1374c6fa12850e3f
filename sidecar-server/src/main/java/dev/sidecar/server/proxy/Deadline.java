package dev.sidecar.server.proxy;

import org.jspecify.annotations.Nullable;

/** One thing's time-out, moved often and hit rarely. Belongs to one {@link Deadlines}; not thread-safe. */
final class Deadline {

    static final long NEVER = Long.MAX_VALUE;

    final Runnable action;
    long at = NEVER;
    /** When the wheel looks at it next; only while linked. */
    long due;

    boolean linked;

    @Nullable
    Deadline before;

    @Nullable
    Deadline after;

    Deadline(Runnable action) {
        this.action = action;
    }

    /** It does not come. The wheel forgets it in its own time. */
    void cancel() {
        at = NEVER;
    }
}
