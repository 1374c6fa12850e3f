package dev.sidecar.client.logging;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.RecordSize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records that wait for the sidecar, in order, bounded by number and by bytes. What is on its way stays in here until
 * it has arrived. Many threads add, one takes out.
 */
final class LogBuffer {

    private record Entry(LogRecord record, long bytes, long nanoTime) {}

    private final int maxRecords;
    private final long maxBytes;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private long added;
    private long removed;

    LogBuffer(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /** Waits at most so long for room; false where there is none. */
    synchronized boolean add(LogRecord record, long waitNanos) throws InterruptedException {
        long size = RecordSize.of(record);
        for (long until = System.nanoTime() + waitNanos; !fits(size); ) {
            long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        entries.add(new Entry(record, size, System.nanoTime()));
        bytes += size;
        added++;
        return true;
    }

    private boolean fits(long size) {
        return entries.isEmpty() || entries.size() < maxRecords && bytes + size <= maxBytes;
    }

    /** The oldest, in order, which stay in here. */
    synchronized List<LogRecord> oldest(int limit, long limitBytes) {
        List<LogRecord> batch = new ArrayList<>(Math.min(limit, entries.size()));
        long size = 0;
        for (Entry entry : entries) {
            size += entry.bytes;
            if (batch.size() == limit || !batch.isEmpty() && size > limitBytes) {
                break;
            }
            batch.add(entry.record);
        }
        return batch;
    }

    synchronized void remove(int count) {
        for (int i = 0; i < count; i++) {
            bytes -= entries.remove().bytes;
        }
        removed += count;
        notifyAll();
    }

    /** How many of the oldest are in here for longer than that. */
    synchronized int olderThan(long nanos) {
        long now = System.nanoTime();
        int count = 0;
        for (Entry entry : entries) {
            if (now - entry.nanoTime < nanos) {
                break;
            }
            count++;
        }
        return count;
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Wakes whoever waits in here. */
    synchronized void wake() {
        notifyAll();
    }

    /** Waits for {@link #wake}, a removal, or so long. */
    synchronized void pause(long millis) throws InterruptedException {
        wait(millis);
    }

    /** Waits until all that is in here now has left; false where that took too long. */
    synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
        long mark = added;
        for (long until = System.nanoTime() + nanos; removed < mark; ) {
            long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
