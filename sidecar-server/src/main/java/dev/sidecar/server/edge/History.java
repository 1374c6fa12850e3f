package dev.sidecar.server.edge;

import dev.sidecar.server.edge.ProxyView.Event;
import dev.sidecar.server.edge.apply.Outcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last attempts of one proxy. */
final class History {

    private static final int SIZE = 50;

    private final Deque<Event> events = new ArrayDeque<>();

    /** Adds an attempt; a failure like the one before makes that one count more. Returns what is remembered of it. */
    synchronized Event add(Outcome outcome, String generation, String diff, long tookMs) {
        Event last = events.peekFirst();
        boolean again = last != null
                && outcome.failed()
                && last.state() == outcome.state()
                && last.generation().equals(generation)
                && outcome.reason().equals(last.reason());
        if (again) {
            events.removeFirst();
        }
        Event event = new Event(
                Instant.now(),
                outcome.state(),
                generation,
                outcome instanceof Outcome.Confirmed confirmed ? confirmed.how() : null,
                nullIfEmpty(outcome.reason()),
                nullIfEmpty(outcome.message()),
                nullIfEmpty(diff),
                again && last != null ? last.attempts() + 1 : 1,
                tookMs);
        events.addFirst(event);
        while (events.size() > SIZE) {
            events.removeLast();
        }
        return event;
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    synchronized List<Event> latestFirst() {
        return List.copyOf(events);
    }
}
