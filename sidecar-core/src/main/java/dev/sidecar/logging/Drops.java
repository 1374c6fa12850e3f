package dev.sidecar.logging;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts records that were lost, and says so in the log itself: at most one record for each {@link #INTERVAL}, which
 * sums up what was lost since the one before. Thread-safe.
 */
final class Drops {

    /** Why a record was lost, in words for the tag of a meter. */
    enum Reason {
        RATE_LIMIT,
        QUEUE_FULL,
        FILE,
        CONSOLE,
        /** The spool is full, or made room for newer ones. */
        SPOOL_FULL,
        /** They waited for the collector longer than they may. */
        SPOOL_EXPIRED,
        /** The spool cannot be written. */
        SPOOL,
        /** The collector answered that it will never take them. */
        COLLECTOR_REFUSED,
        /** The collector took their batch, but not them. */
        COLLECTOR_REJECTED,
        CLOSED,
        FAILED;

        String tag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The scope of the summaries. */
    static final String SCOPE = "dev.sidecar.logging";

    static final Duration INTERVAL = Duration.ofSeconds(10);

    private record Key(Reason reason, String source) {}

    private final LogMeters meters;
    private final LongSupplier nanoTime;
    private final Runnable first;
    private final Map<Key, Integer> pending = new LinkedHashMap<>();
    private long saidAt;

    /** Whether the last summary may still be on its way to a collector. */
    private boolean underWay;

    /** @param first is run when there is something to say that was not there before */
    Drops(LogMeters meters, LongSupplier nanoTime, Runnable first) {
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.first = first;
        saidAt = nanoTime.getAsLong() - INTERVAL.toNanos();
    }

    void count(Reason reason, String source, int records) {
        meters.dropped(source, reason, records);
        boolean wake;
        synchronized (this) {
            wake = pending.isEmpty();
            pending.merge(new Key(reason, source), records, Integer::sum);
        }
        if (wake) {
            first.run();
        }
    }

    /** How long until there is something to say; {@link Long#MAX_VALUE} while nothing was lost. */
    synchronized long nanosUntilDue() {
        return pending.isEmpty() ? Long.MAX_VALUE : Math.max(0, INTERVAL.toNanos() - (nanoTime.getAsLong() - saidAt));
    }

    /** The summary, if there is one to give now. */
    synchronized @Nullable LogRecord summary() {
        if (nanosUntilDue() > 0) {
            return null;
        }
        if (isSummaryAlone()) {
            pending.clear();
            underWay = false;
            return null;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        Map<String, Integer> bySource = new TreeMap<>();
        int total = 0;
        for (Map.Entry<Key, Integer> entry : pending.entrySet()) {
            Key key = entry.getKey();
            attributes.put("log.dropped." + key.source + "." + key.reason.tag(), entry.getValue());
            bySource.merge(key.reason.tag() + " of " + key.source, entry.getValue(), Integer::sum);
            total += entry.getValue();
        }
        pending.clear();
        saidAt = nanoTime.getAsLong();
        underWay = true;
        return LogRecord.builder()
                .severity(Severity.WARN)
                .body(total + " log records were lost: " + bySource)
                .attributes(attributes)
                .scope(SCOPE)
                .source("sidecar")
                .build();
    }

    // A collector that takes nothing does not take the summary either: to say that too would go on for ever.
    private boolean isSummaryAlone() {
        if (!underWay || pending.size() != 1) {
            return false;
        }
        Map.Entry<Key, Integer> only = pending.entrySet().iterator().next();
        Reason reason = only.getKey().reason;
        return only.getValue() == 1 && (reason == Reason.COLLECTOR_REFUSED || reason == Reason.COLLECTOR_REJECTED);
    }
}
