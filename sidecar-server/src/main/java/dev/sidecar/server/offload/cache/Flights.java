package dev.sidecar.server.offload.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way to the application, so that others for the same wait for their answer instead of asking too.
 * What was found to be nothing for a cache is remembered for a while, and not waited for. Thread-safe.
 */
final class Flights {

    private static final int REMEMBERED = 4096;
    private static final long REMEMBERED_MILLIS = 30_000;

    private final Map<String, Flight> running = new HashMap<>();
    private final Map<String, Long> uncached = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** One request that others wait for. */
    final class Flight {
        private final String key;
        private @Nullable List<Runnable> waiting = new ArrayList<>();

        private Flight(String key) {
            this.key = key;
        }

        /** Tells those who wait to look again. Harmless when it was done before. */
        void land() {
            List<Runnable> all;
            synchronized (Flights.this) {
                all = waiting;
                waiting = null;
                running.remove(key, this);
            }
            if (all != null) {
                all.forEach(Runnable::run);
            }
        }

        /** Not to be waited for again in the near future. */
        void landPrivate(long now) {
            synchronized (Flights.this) {
                uncached.put(key, now + REMEMBERED_MILLIS);
            }
            land();
        }
    }

    synchronized boolean isRunning(String key) {
        return running.containsKey(key);
    }

    /** A flight that the caller is to land; null when there is one already, or none is worth it. */
    synchronized @Nullable Flight begin(String key, long now) {
        Long until = uncached.get(key);
        if (running.containsKey(key) || (until != null && until > now)) {
            return null;
        }
        Flight flight = new Flight(key);
        running.put(key, flight);
        return flight;
    }

    /** Has it run when the flight lands; false when there is none. */
    synchronized boolean await(String key, Runnable then) {
        Flight flight = running.get(key);
        if (flight == null || flight.waiting == null) {
            return false;
        }
        flight.waiting.add(then);
        return true;
    }
}
