package dev.sidecar.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The newest records, bounded in number and in bytes; the newest one is always kept. Thread-safe. */
final class RecentRecords {

    private record Kept(LogRecord record, long sizeBytes) {}

    private final int maxRecords;
    private final long maxBytes;
    private final Deque<Kept> records = new ArrayDeque<>();
    private long bytes;

    RecentRecords(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    synchronized void add(LogRecord record) {
        if (maxRecords <= 0) {
            return;
        }
        Kept kept = new Kept(record, RecordSize.of(record));
        records.addLast(kept);
        bytes += kept.sizeBytes;
        while (records.size() > maxRecords || bytes > maxBytes && records.size() > 1) {
            bytes -= records.removeFirst().sizeBytes;
        }
    }

    List<LogRecord> matching(LogQuery query) {
        List<LogRecord> snapshot = newestFirst();
        List<LogRecord> found = new ArrayList<>();
        for (Iterator<LogRecord> i = snapshot.iterator(); i.hasNext() && found.size() < query.limit(); ) {
            LogRecord record = i.next();
            if (query.matches(record)) {
                found.add(record);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** A copy, so that a long search for text does not hold writers up. */
    private synchronized List<LogRecord> newestFirst() {
        List<LogRecord> snapshot = new ArrayList<>(records.size());
        records.descendingIterator().forEachRemaining(kept -> snapshot.add(kept.record));
        return snapshot;
    }
}
