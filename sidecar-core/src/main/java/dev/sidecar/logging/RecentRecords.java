package dev.sidecar.logging;

import dev.sidecar.SidecarException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest records, bounded in number and in bytes; the newest one is always kept. Thread-safe. */
final class RecentRecords {

    /** @param number each one more than the record's before it */
    private record Kept(LogRecord record, long sizeBytes, long number) {}

    private final int maxRecords;
    private final long maxBytes;
    private final Deque<Kept> records = new ArrayDeque<>();
    private long bytes;

    /** Begins beyond all numbers of an earlier process, so that a cursor of its time finds nothing. */
    private long next = System.currentTimeMillis() * 1000;

    RecentRecords(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    synchronized void add(LogRecord record) {
        if (maxRecords <= 0) {
            return;
        }
        Kept kept = new Kept(record, RecordSize.of(record), next++);
        records.addLast(kept);
        bytes += kept.sizeBytes;
        while (records.size() > maxRecords || bytes > maxBytes && records.size() > 1) {
            bytes -= records.removeFirst().sizeBytes;
        }
    }

    LogPage matching(LogQuery query, @Nullable String cursor) {
        long before = cursor == null ? Long.MAX_VALUE : number(cursor);
        List<LogRecord> found = new ArrayList<>();
        long oldest = before;
        for (Kept kept : newestFirst()) {
            if (kept.number < before && query.matches(kept.record)) {
                if (found.size() == query.limit()) {
                    Collections.reverse(found);
                    return new LogPage(found, String.valueOf(oldest));
                }
                found.add(kept.record);
                oldest = kept.number;
            }
        }
        Collections.reverse(found);
        return new LogPage(found, null);
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw SidecarException.invalid(
                    "invalid-query", "cursor: '" + cursor + "' is none; give that of the page before, or leave it out");
        }
    }

    /** A copy, so that a long search for text does not hold writers up. */
    private synchronized List<Kept> newestFirst() {
        List<Kept> snapshot = new ArrayList<>(records.size());
        records.descendingIterator().forEachRemaining(snapshot::add);
        return snapshot;
    }
}
