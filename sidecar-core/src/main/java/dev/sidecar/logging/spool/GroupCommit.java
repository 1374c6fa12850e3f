package dev.sidecar.logging.spool;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Many writers, one sync: the first who waits syncs for all who have written by then, and those who write meanwhile
 * are next. All methods are called with the lock held; {@link #await} gives it up while it syncs.
 */
final class GroupCommit {

    private final ReentrantLock lock;
    private final Condition changed;
    private @Nullable SegmentWriter writer;
    private boolean syncing;
    private long written;
    private long synced;

    /** Tickets up to here that were not synced are lost. */
    private long lost;

    private IOException failure = new IOException("not written");

    GroupCommit(ReentrantLock lock) {
        this.lock = lock;
        changed = lock.newCondition();
    }

    void use(@Nullable SegmentWriter next) {
        writer = next;
    }

    /** Counts one write, and returns its ticket. */
    long ticket() {
        return ++written;
    }

    /** Everything written is on the disk by other means. */
    void allSynced() {
        synced = written;
        changed.signalAll();
    }

    /** Nothing that was not synced will be. */
    void failed(IOException cause) {
        lost = written;
        failure = cause;
        changed.signalAll();
    }

    /** Returns once what the ticket stands for is on the disk. */
    void await(long ticket) throws IOException {
        while (synced < ticket) {
            if (ticket <= lost) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (syncing) {
                changed.awaitUninterruptibly();
            } else {
                sync();
            }
        }
    }

    /** Waits until no sync is under way. */
    void quiet() {
        while (syncing) {
            changed.awaitUninterruptibly();
        }
    }

    private void sync() throws IOException {
        SegmentWriter current = writer;
        if (current == null) {
            failed(failure);
            return;
        }
        long target = written;
        long end = current.end();
        IOException thrown = null;
        syncing = true;
        lock.unlock();
        try {
            current.sync();
        } catch (IOException e) {
            thrown = e;
        } finally {
            lock.lock();
            syncing = false;
        }
        if (thrown == null) {
            synced = Math.max(synced, target);
            current.segment().durable = end;
            changed.signalAll();
        } else {
            // What was not written may be forgotten by now; a second sync would say that all is well.
            writer = null;
            failed(thrown);
        }
    }

    boolean isBroken() {
        return writer == null;
    }
}
