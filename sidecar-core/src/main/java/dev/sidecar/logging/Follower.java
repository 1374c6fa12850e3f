package dev.sidecar.logging;

import dev.sidecar.runtime.Threads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One who reads along, at a pace of its own: behind a bounded buffer, on a thread that is there only while there is
 * something to hand over. A reader that is too slow misses records, and gets one in their place that says how many.
 */
final class Follower {

    private static final int MAX_RECORDS = 1024;
    private static final long MAX_BYTES = 1 << 20;

    private static final long PATIENCE_MILLIS = 1000;

    private final LogQuery query;
    private final Consumer<LogRecord> listener;
    private final ExecutorService thread = Threads.serial("log-follow");
    private final Deque<LogRecord> buffer = new ArrayDeque<>();
    private final ReentrantLock calling = new ReentrantLock();
    private long bytes;
    private int missed;
    private boolean running;
    private volatile boolean closed;

    Follower(LogQuery query, Consumer<LogRecord> listener) {
        this.query = query;
        this.listener = listener;
    }

    void offer(LogRecord record) {
        if (closed || !query.matches(record)) {
            return;
        }
        synchronized (this) {
            long size = RecordSize.of(record);
            if (!buffer.isEmpty() && (buffer.size() >= MAX_RECORDS || bytes + size > MAX_BYTES)) {
                missed++;
                return;
            }
            if (missed > 0) {
                append(missedRecord());
            }
            append(record);
            if (running || closed) {
                return;
            }
            running = true;
            thread.execute(this::deliver);
        }
    }

    private void append(LogRecord record) {
        buffer.add(record);
        bytes += RecordSize.of(record);
    }

    private LogRecord missedRecord() {
        LogRecord record = LogRecord.builder()
                .severity(Severity.WARN)
                .body(missed + " log records were skipped here: this reader is too slow")
                .attributes(Map.of("log.skipped", missed))
                .scope("dev.sidecar.logging")
                .source("sidecar")
                .build();
        missed = 0;
        return record;
    }

    private void deliver() {
        for (LogRecord record = next(); record != null; record = next()) {
            // Held while the listener runs, so that a close from another thread returns after its last call.
            calling.lock();
            try {
                if (closed) {
                    return;
                }
                listener.accept(record);
            } catch (RuntimeException e) {
                // Its own affair; it is called again with the next record.
            } finally {
                calling.unlock();
            }
        }
    }

    private synchronized @Nullable LogRecord next() {
        LogRecord record = buffer.poll();
        if (record == null) {
            if (missed > 0 && !closed) {
                return missedRecord();
            }
            running = false;
            return null;
        }
        bytes -= RecordSize.of(record);
        return record;
    }

    /** Returns once the listener is not called any more, or hangs for longer than a moment. */
    void close() {
        closed = true;
        synchronized (this) {
            buffer.clear();
        }
        thread.shutdown();
        try {
            if (calling.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                calling.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
