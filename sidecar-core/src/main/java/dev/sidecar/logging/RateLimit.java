package dev.sidecar.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A token bucket for each source that holds one second's worth. Thread-safe. */
final class RateLimit {

    private static final long NANOS = 1_000_000_000L;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** @param perSecond records of one source; 0 for no limit */
    RateLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    boolean admits(String source) {
        return perSecond <= 0
                || buckets.computeIfAbsent(source, s -> new Bucket()).take();
    }

    private final class Bucket {
        private double tokens = perSecond;
        private long filledAt = nanoTime.getAsLong();

        synchronized boolean take() {
            long now = nanoTime.getAsLong();
            tokens = Math.min(perSecond, tokens + (double) (now - filledAt) / NANOS * perSecond);
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
