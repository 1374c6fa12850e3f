package dev.sidecar.logging.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue of batches on the disk. {@link #append} returns once a batch is on the disk; many writers share one sync.
 * One reader takes batches in order, with {@link #next} and {@link #taken}; after a restart it is given again what it
 * may have taken already, and never misses any.
 *
 * <p>A disk that is full or cannot be written is no reason not to start: each call tries again. Thread-safe, but for
 * the two methods of the reader, and {@link #recover}, which belong to one thread.
 */
public final class Spool implements AutoCloseable {

    /** More than most batches have, so that a disk with so much room is of use. */
    private static final int LEAST_PROBE = 64 << 10;

    private static final int LARGEST_PROBE = 4 << 20;

    private final SpoolSettings settings;
    private final SpoolEvents events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();

    private @Nullable SpoolDirectory directory;
    private @Nullable Opened opened;
    private boolean closed;
    private @Nullable String failure;
    private int failedSize;

    /** Of the batch that found no room; 0 when there was none, or there is again. */
    private int refused;

    /** What there is once the directory could be read. */
    private record Opened(
            Segments segments, Progress progress, Inspection inspection, SpoolAppender appender, SpoolReader reader) {}

    public Spool(SpoolSettings settings, SpoolEvents events) {
        this.settings = settings;
        this.events = events;
    }

    private Spool(SpoolSettings settings, SpoolEvents events, SpoolDirectory claimed) {
        this(settings, events);
        directory = claimed;
    }

    /** {@link #append(List)} of one. */
    public void append(byte[] payload, int records) throws IOException {
        append(List.of(new Payload(payload, records)));
    }

    /**
     * Returns once all of the batch is on the disk, each payload in a frame of its own.
     *
     * @throws SpoolFullException when there is no room; nothing of it is kept
     * @throws IOException when it cannot be written; parts of it may be delivered all the same
     */
    public void append(List<Payload> batch) throws IOException {
        // An interrupt would close the files that are opened here.
        boolean interrupted = Thread.interrupted();
        long now = System.currentTimeMillis();
        byte[] frames = Frame.encode(batch, now);
        int records = batch.stream().mapToInt(Payload::records).sum();
        lock.lock();
        try {
            Opened spool = open();
            spool.reader.makeRoom(frames.length);
            spool.appender.append(frames, records, now);
            refused = frames.length >= refused ? 0 : refused;
        } catch (SpoolFullException e) {
            refused = e.isForEver() ? refused : Math.max(refused, frames.length);
            throw e;
        } catch (IOException e) {
            failure = e.toString();
            failedSize = frames.length;
            throw e;
        } finally {
            // After a failure too: who takes is also the one who finds out when the disk is back.
            filled.signal();
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the disk did not take a batch since the last successful {@link #probe}. */
    public boolean isFailing() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether batches as large as those that were refused are taken again. */
    public boolean isWell() {
        lock.lock();
        try {
            return failure == null && !isFull();
        } finally {
            lock.unlock();
        }
    }

    /** A small batch may find a place where a larger one found none. */
    private boolean isFull() {
        if (refused > 0 && opened != null && opened.reader.hasRoom(refused)) {
            refused = 0;
        }
        return refused > 0;
    }

    /** Finds out whether the disk takes such a batch again, by writing as much; throws while it does not. */
    public void probe() throws IOException {
        lock.lock();
        try {
            int size = Math.min(Math.max(LEAST_PROBE, failedSize), LARGEST_PROBE);
            open().appender.probe(size, System.currentTimeMillis());
            failure = null;
            failedSize = 0;
        } finally {
            lock.unlock();
        }
    }

    private Opened open() throws IOException {
        if (closed) {
            throw new IOException("the spool is closed");
        }
        Opened known = opened;
        if (known != null) {
            return known;
        }
        try {
            SpoolDirectory owned = directory;
            if (owned == null) {
                owned = SpoolDirectory.claim(settings.root().get(), settings.name());
                directory = owned;
            }
            Progress progress = Progress.read(owned.path());
            Segments segments = Segments.list(owned.path(), progress.cursor());
            Inspection inspection = new Inspection(segments, progress, events);
            SpoolAppender appender = new SpoolAppender(settings, owned, segments, lock);
            SpoolReader reader = new SpoolReader(settings, events, segments, progress, inspection, appender);
            known = new Opened(segments, progress, inspection, appender, reader);
            opened = known;
            return known;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Looks at what earlier processes left. To be called before the first {@link #next}; does nothing the next time. */
    public void recover() throws IOException {
        while (recoverOne()) {
            // Each on its own: those who write must not wait until a gigabyte was read.
        }
    }

    private boolean recoverOne() throws IOException {
        lock.lock();
        try {
            Opened spool = open();
            List<Segment> unknown = spool.segments.unknown();
            if (unknown.isEmpty()) {
                spool.segments.deleteLeftovers();
                return false;
            }
            spool.inspection.look(unknown.get(0));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next batch of at most so many bytes, or of one frame; null when there is none now. */
    public @Nullable Batch next(int maxBytes) throws IOException {
        lock.lock();
        try {
            return open().reader.next(maxBytes);
        } finally {
            lock.unlock();
        }
    }

    /** The batch was taken and will not be given again by this process. */
    public void taken(Batch batch) {
        lock.lock();
        try {
            if (opened != null) {
                opened.reader.taken(batch);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to take, at most so long. */
    public void awaitFilled(long nanos) throws InterruptedException {
        lock.lock();
        try {
            Opened spool = opened;
            if (spool != null) {
                spool.progress.save();
            }
            if (!closed && (spool == null || !spool.segments.holdsAfter(spool.progress))) {
                filled.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #awaitFilled} return. */
    public void wake() {
        lock.lock();
        try {
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Another spool of the same name whose owner is gone; null when there is none. */
    public @Nullable Spool adopt() throws IOException {
        SpoolDirectory orphan = SpoolDirectory.orphan(settings.root().get(), settings.name());
        return orphan == null ? null : new Spool(settings, events, orphan);
    }

    public SpoolContent content() {
        lock.lock();
        try {
            Opened spool = opened;
            if (spool == null) {
                return new SpoolContent(0, 0, 0, isFull(), failure);
            }
            long pending = spool.segments.pending();
            Segment oldest = spool.segments.oldest();
            long oldestMs = pending == 0 || oldest == null ? 0 : oldest.firstMs;
            return new SpoolContent(spool.segments.bytesAfter(spool.progress), pending, oldestMs, isFull(), failure);
        } finally {
            lock.unlock();
        }
    }

    /** Ends without waiting for anything to be taken. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (opened != null) {
                close(opened);
            }
            closed = true;
            if (directory != null) {
                directory.close();
            }
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void close(Opened spool) {
        try {
            spool.appender.finish();
        } catch (IOException e) {
            failure = e.toString();
        }
        Segments segments = spool.segments;
        if (segments.unknown().isEmpty() && segments.pending() == 0) {
            while (segments.oldest() != null) {
                spool.reader.removeOldest();
            }
        }
        spool.progress.save();
        segments.close();
    }
}
