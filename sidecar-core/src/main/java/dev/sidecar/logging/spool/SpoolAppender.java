package dev.sidecar.logging.spool;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The end of the spool that grows: one active segment at a time. Guarded by the spool's lock. */
final class SpoolAppender {

    private final SpoolSettings settings;
    private final SpoolDirectory directory;
    private final Segments segments;
    private final ReentrantLock lock;
    private @Nullable GroupCommit active;

    SpoolAppender(SpoolSettings settings, SpoolDirectory directory, Segments segments, ReentrantLock lock) {
        this.settings = settings;
        this.directory = directory;
        this.segments = segments;
        this.lock = lock;
    }

    boolean isActive(Segment segment) {
        GroupCommit current = active;
        return current != null && current.writer().segment() == segment;
    }

    /** Returns once the frames are on the disk. */
    void append(byte[] frames, int records, long now) throws IOException {
        GroupCommit commit = commitFor(frames.length, now);
        write(commit, frames);
        Segment segment = commit.writer().segment();
        segment.pending += records;
        segment.newestMs = now;
        segment.firstMs = segment.firstMs == 0 ? now : segment.firstMs;
        commit.await(segment.end);
    }

    /** Writes so many zeros, syncs them, and takes them back. */
    void probe(int size, long now) throws IOException {
        GroupCommit commit = commitFor(size, now);
        commit.quiet();
        SegmentWriter writer = commit.writer();
        long before = writer.end();
        write(commit, new byte[size]);
        try {
            writer.sync();
            writer.truncate(before);
        } catch (IOException e) {
            abandon(commit, e);
            throw e;
        }
    }

    private void write(GroupCommit commit, byte[] frames) throws IOException {
        SegmentWriter writer = commit.writer();
        long before = writer.end();
        try {
            writer.write(frames);
        } catch (IOException e) {
            // Those who wrote before this one may still be waiting for their sync.
            try {
                writer.truncate(before);
            } catch (IOException again) {
                e.addSuppressed(again);
                abandon(commit, e);
            }
            throw e;
        }
    }

    private GroupCommit commitFor(int size, long now) throws IOException {
        for (GroupCommit current = active; current != null; current = active) {
            if (current.isBroken()) {
                abandon(current, null);
                continue;
            }
            Segment segment = current.writer().segment();
            boolean full = segment.end > Segment.HEADER && segment.end + size > settings.segmentBytes();
            boolean old = segment.firstMs != 0 && now - segment.firstMs > settings.segmentMs();
            if (!full && !old) {
                return current;
            }
            // While it waits, somebody else may have begun the next one.
            finish();
        }
        SegmentWriter next = SegmentWriter.create(directory.path(), segments.nextNumber());
        segments.add(next.segment());
        GroupCommit commit = new GroupCommit(lock, next);
        active = commit;
        return commit;
    }

    /** Puts all of the active segment on the disk and writes to it no more. */
    void finish() throws IOException {
        GroupCommit finished = active;
        if (finished == null) {
            return;
        }
        try {
            finished.awaitAll();
        } catch (IOException e) {
            abandon(finished, e);
            throw e;
        }
        if (active == finished) {
            finished.writer().close();
            active = null;
        }
    }

    /** The rest of the segment may or may not be on the disk; nobody was told that it is. */
    private void abandon(GroupCommit broken, @Nullable IOException cause) {
        if (cause != null) {
            broken.fail(cause);
        }
        broken.quiet();
        if (active != broken) {
            return;
        }
        SegmentWriter writer = broken.writer();
        try {
            writer.truncate(writer.segment().durable);
        } catch (IOException e) {
            // What is whole there is found below.
        }
        writer.close();
        active = null;
        // Its counts include what was taken back.
        writer.segment().unknown = true;
    }
}
