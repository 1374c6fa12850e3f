package dev.sidecar.watchdog;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** When the next heartbeat is due. Time comes from the caller, in nanoseconds of one clock. Not thread-safe. */
final class HeartbeatDeadline {

    private @Nullable Duration timeout;
    private long due;
    private long extended;
    private boolean running;

    HeartbeatDeadline(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /** A process has started, which may take this long to come up. */
    void begin(long now, Duration startPeriod) {
        running = true;
        due = now + nanos(timeout);
        extended = now + nanos(startPeriod);
    }

    /** No heartbeat is due: the process is ending or has ended. */
    void end() {
        running = false;
    }

    void beat(long now) {
        due = now + nanos(timeout);
    }

    void timeout(Duration value, long now) {
        timeout = value.isZero() ? null : value;
        beat(now);
    }

    void extend(Duration by, long now) {
        long until = now + nanos(by);
        extended = until - extended > 0 ? until : extended;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    /** When it is due; empty when none is. */
    OptionalLong due() {
        if (!running || timeout == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(due - extended > 0 ? due : extended);
    }

    boolean missed(long now) {
        OptionalLong next = due();
        return next.isPresent() && now - next.getAsLong() >= 0;
    }

    /** A hundred years are as good as for ever, and do not overflow. */
    private static long nanos(@Nullable Duration duration) {
        Duration most = Duration.ofDays(36_500);
        return duration == null ? 0 : (duration.compareTo(most) > 0 ? most : duration).toNanos();
    }
}
