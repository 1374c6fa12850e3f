package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.WhenFull;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between those who log and the one worker. Bounded in records and in bytes; an entry that is larger than the whole
 * queue is taken when the queue is empty. Entries that are in the file already are in no hurry, nor is what a proxy says
 * of each request: they gather for up to {@link #GATHERING}, so that who writes one after the other does not wake the
 * worker each time. Thread-safe.
 */
final class RecordQueue {

    /** The longest that an entry which is in no hurry waits for others. */
    static final Duration GATHERING = Duration.ofMillis(10);

    private static final int WARN = Severity.WARN.number();

    /**
     * Records that were handed over together.
     *
     * @param delivered whether they have been through the pipeline and are in the file already
     * @param patient whether they may wait for others
     */
    record Entry(List<LogRecord> records, boolean delivered, boolean patient, long sizeBytes) {

        static Entry of(LogRecord record) {
            boolean patient = record.attributes() instanceof RecordAttributes && record.severityNumber() < WARN;
            return new Entry(List.of(record), false, patient, RecordSize.of(record));
        }

        static Entry delivered(List<LogRecord> records) {
            return new Entry(
                    records,
                    true,
                    true,
                    records.stream().mapToLong(RecordSize::of).sum());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition hurry = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final int maxRecords;
    private final long maxBytes;
    private final WhenFull whenFull;
    private final Consumer<Entry> dropped;

    private int records;
    private long bytes;
    private long added;
    private int inFlight;
    private long firstInFlight;
    private boolean wanted;
    private boolean hurried;
    private boolean closed;

    /** @param dropped is told of each entry that made room for a newer one; called under the queue's lock */
    RecordQueue(int maxRecords, long maxBytes, WhenFull whenFull, Consumer<Entry> dropped) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.whenFull = whenFull;
        this.dropped = dropped;
    }

    /** Adds by the policy; returns whether the entry was taken. An interrupt ends the wait and stays set. */
    boolean offer(Entry entry, Duration patience) {
        lock.lock();
        try {
            if (!entry.patient() || isHalfFull()) {
                hurryUp();
            }
            if (!fits(entry) && !closed) {
                makeRoom(entry, patience);
            }
            if (closed || !fits(entry)) {
                return false;
            }
            entries.add(entry);
            added++;
            records += entry.records().size();
            bytes += entry.sizeBytes();
            if (entries.size() == 1) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(Entry entry, Duration patience) {
        switch (whenFull) {
            case DROP_NEWEST -> {}
            case DROP_OLDEST -> {
                while (!fits(entry)) {
                    dropped.accept(removeOldest());
                }
            }
            case BLOCK -> awaitRoom(entry, patience.toNanos());
        }
    }

    private void awaitRoom(Entry entry, long nanos) {
        try {
            long left = nanos;
            while (!fits(entry) && !closed && left > 0) {
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean fits(Entry entry) {
        return entries.isEmpty()
                || records + entry.records().size() <= maxRecords && bytes + entry.sizeBytes() <= maxBytes;
    }

    private boolean isHalfFull() {
        return records > maxRecords / 2 || bytes > maxBytes / 2;
    }

    private void hurryUp() {
        hurried = true;
        hurry.signal();
    }

    private Entry removeOldest() {
        Entry oldest = entries.remove();
        records -= oldest.records().size();
        bytes -= oldest.sizeBytes();
        return oldest;
    }

    /**
     * Waits for entries, for {@link #wake()} or for the time to pass; null once the queue is closed and empty. What was
     * taken before counts as done.
     */
    @Nullable
    List<Entry> take(int max, long nanos) throws InterruptedException {
        lock.lock();
        try {
            inFlight = 0;
            progress.signalAll();
            long left = nanos;
            while (entries.isEmpty() && !wanted && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            gather(max);
            wanted = false;
            if (entries.isEmpty() && closed) {
                return null;
            }
            firstInFlight = added - entries.size();
            List<Entry> taken = new ArrayList<>();
            while (taken.size() < max && !entries.isEmpty()) {
                taken.add(removeOldest());
            }
            hurried &= !entries.isEmpty();
            inFlight = taken.size();
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void gather(int max) throws InterruptedException {
        long left = GATHERING.toNanos();
        while (!entries.isEmpty() && entries.size() < max && !hurried && !wanted && !closed && left > 0) {
            left = hurry.awaitNanos(left);
        }
    }

    /** Lets the worker come back from {@link #take}. */
    void wake() {
        lock.lock();
        try {
            wanted = true;
            hurry.signal();
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was added before this call has been taken and done. */
    boolean drained(Duration timeout) {
        lock.lock();
        try {
            long target = added;
            hurryUp();
            long left = timeout.toNanos();
            while (oldest() < target) {
                if (left <= 0) {
                    return false;
                }
                left = progress.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the oldest entry that is not done. */
    private long oldest() {
        return inFlight > 0 ? firstInFlight : added - entries.size();
    }

    /** Refuses what comes from now on; what is in it can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            hurry.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
