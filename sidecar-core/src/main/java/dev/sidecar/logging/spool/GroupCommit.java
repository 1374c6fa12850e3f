package dev.sidecar.logging.spool;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Many writers of one segment, one sync: the first who waits syncs for all who have written by then, and those who
 * write meanwhile are next. Once a sync has failed nothing that was not on the disk by then ever counts as written: a
 * second sync would succeed, whatever became of the pages. All methods are called with the lock held; {@link #await}
 * gives it up while it syncs.
 */
final class GroupCommit {

    private final ReentrantLock lock;
    private final Condition changed;
    private final SegmentWriter writer;
    private boolean syncing;
    private long synced;
    private @Nullable IOException failure;

    GroupCommit(ReentrantLock lock, SegmentWriter writer) {
        this.lock = lock;
        this.writer = writer;
        changed = lock.newCondition();
        synced = writer.end();
    }

    SegmentWriter writer() {
        return writer;
    }

    boolean isBroken() {
        return failure != null;
    }

    /** Nothing that is not on the disk yet will be acknowledged. */
    void fail(IOException cause) {
        failure = failure == null ? cause : failure;
        changed.signalAll();
    }

    /** Returns once the segment is on the disk up to this offset. */
    void await(long end) throws IOException {
        while (synced < end) {
            IOException broken = failure;
            if (broken != null) {
                throw new IOException(broken.getMessage(), broken);
            }
            if (syncing) {
                changed.awaitUninterruptibly();
            } else {
                sync();
            }
        }
    }

    /** Returns once all that was written is on the disk, and nobody is about to sync it. */
    void awaitAll() throws IOException {
        while (syncing || synced < writer.end()) {
            await(writer.end());
            quiet();
        }
    }

    /** Waits until no sync is under way. */
    void quiet() {
        while (syncing) {
            changed.awaitUninterruptibly();
        }
    }

    private void sync() {
        long end = writer.end();
        IOException thrown = null;
        syncing = true;
        lock.unlock();
        try {
            writer.sync();
        } catch (IOException e) {
            thrown = e;
        } finally {
            lock.lock();
            syncing = false;
        }
        if (thrown == null && failure == null) {
            synced = end;
            writer.segment().durable = end;
            changed.signalAll();
        } else {
            fail(thrown == null ? new IOException("the segment was given up") : thrown);
        }
    }
}
