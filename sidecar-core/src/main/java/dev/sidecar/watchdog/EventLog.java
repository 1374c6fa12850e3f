package dev.sidecar.watchdog;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last events. Thread-safe. */
final class EventLog {

    static final int CAPACITY = 100;

    private final Clock clock;
    private final Deque<WatchdogEvent> events = new ArrayDeque<>();

    EventLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(Cause cause, @Nullable WatchdogAction action, String detail) {
        if (events.size() == CAPACITY) {
            events.removeFirst();
        }
        events.addLast(new WatchdogEvent(clock.instant(), cause, action, detail));
    }

    synchronized List<WatchdogEvent> latest() {
        return List.copyOf(events);
    }
}
