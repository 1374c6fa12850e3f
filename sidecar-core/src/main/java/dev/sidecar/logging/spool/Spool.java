package dev.sidecar.logging.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
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

    private static final long CURSOR_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SpoolSettings settings;
    private final SpoolEvents events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final GroupCommit commit = new GroupCommit(lock);

    private @Nullable SpoolDirectory directory;
    private @Nullable Segments segments;
    private @Nullable SegmentWriter writer;
    private Cursor cursor = Cursor.START;
    private long nextNumber = 1;
    private long bytes;
    private long cursorWrittenAt = System.nanoTime();
    private boolean cursorDirty;
    private boolean closed;
    private @Nullable String failure;
    private long failedBytes;

    /** Of the frame that found no room; 0 when there was none, or there is again. */
    private long refused;

    public Spool(SpoolSettings settings, SpoolEvents events) {
        this.settings = settings;
        this.events = events;
    }

    Spool(SpoolSettings settings, SpoolEvents events, SpoolDirectory claimed) {
        this(settings, events);
        directory = claimed;
    }

    /**
     * Returns once the batch is on the disk.
     *
     * @throws SpoolFullException when there is no room
     * @throws IOException when it cannot be written; parts of it may be delivered all the same
     */
    public void append(byte[] payload, int records) throws IOException {
        // An interrupt would close the files that are opened here.
        boolean interrupted = Thread.interrupted();
        long now = System.currentTimeMillis();
        byte[] frame = Frame.encode(payload, records, now);
        lock.lock();
        try {
            open();
            makeRoom(frame.length);
            long ticket = write(frame, records, now);
            commit.await(ticket);
            mended(frame.length);
            filled.signal();
        } catch (SpoolFullException e) {
            refused = Math.max(refused, frame.length);
            throw e;
        } catch (IOException e) {
            failure = e.getMessage();
            failedBytes = Math.max(failedBytes, frame.length);
            throw e;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A small batch finds a place where a larger one found none; that alone does not make the disk well. */
    private void mended(int taken) {
        if (taken >= refused) {
            refused = 0;
        }
        SpoolDirectory owned = directory;
        if (failure != null && (taken >= failedBytes || owned != null && owned.usableBytes() >= failedBytes)) {
            failure = null;
            failedBytes = 0;
        }
    }

    private boolean isFull() {
        if (refused > 0 && bytes + refused <= settings.maxBytes()) {
            refused = 0;
        }
        return refused > 0;
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

    private Segments open() throws IOException {
        if (closed) {
            throw new IOException("the spool is closed");
        }
        Segments known = segments;
        if (known != null) {
            return known;
        }
        try {
            SpoolDirectory owned = directory;
            if (owned == null) {
                owned = SpoolDirectory.claim(settings.root().get(), settings.name());
                directory = owned;
            }
            cursor = Cursor.read(owned.path());
            known = Segments.list(owned.path(), cursor);
            Segment newest = known.newest();
            nextNumber = Math.max(cursor.segment(), newest == null ? 0 : newest.number) + 1;
            for (Segment segment : known.unknown()) {
                bytes += segment.durable;
            }
            segments = known;
            return known;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void makeRoom(int size) throws IOException {
        Segments all = open();
        while (bytes + size > settings.maxBytes()) {
            Segment oldest = all.oldest();
            if (!settings.dropOldest() || oldest == null || size > settings.maxBytes() / 2) {
                throw new SpoolFullException(settings.maxBytes());
            }
            if (isActive(oldest)) {
                finishSegment();
                continue;
            }
            look(oldest);
            events.droppedOldest(oldest.pending);
            remove(all, oldest);
        }
    }

    private boolean isActive(Segment segment) {
        SegmentWriter current = writer;
        return current != null && current.segment() == segment;
    }

    private void remove(Segments all, Segment oldest) {
        bytes -= oldest.durable;
        moveCursor(new Cursor(oldest.number + 1, 0));
        all.removeOldest();
    }

    private long write(byte[] frame, int records, long now) throws IOException {
        SegmentWriter current = writerFor(frame.length, now);
        long before = current.end();
        try {
            current.write(frame);
        } catch (IOException e) {
            // Those who wrote before this one may still be waiting for their sync.
            try {
                current.truncate(before);
            } catch (IOException again) {
                e.addSuppressed(again);
                abandon(e);
            }
            throw e;
        }
        Segment segment = current.segment();
        segment.pending += records;
        segment.newestMs = now;
        segment.firstMs = segment.firstMs == 0 ? now : segment.firstMs;
        bytes += frame.length;
        return commit.ticket();
    }

    private SegmentWriter writerFor(int size, long now) throws IOException {
        if (writer != null && commit.isBroken()) {
            abandon(null);
        }
        SegmentWriter current = writer;
        if (current != null) {
            Segment segment = current.segment();
            boolean full = current.end() > Segment.HEADER && current.end() + size > settings.segmentBytes();
            boolean old = segment.firstMs != 0 && now - segment.firstMs > settings.segmentMs();
            if (!full && !old) {
                return current;
            }
            finishSegment();
            current = writer;
            if (current != null) {
                // Somebody else was quicker while this one waited.
                return current;
            }
        }
        SpoolDirectory owned = directory;
        if (owned == null) {
            throw new IOException("the spool has no directory");
        }
        SegmentWriter next = SegmentWriter.create(owned.path(), nextNumber++);
        open().add(next.segment());
        bytes += next.end();
        writer = next;
        commit.use(next);
        return next;
    }

    private void finishSegment() throws IOException {
        SegmentWriter finished = writer;
        commit.quiet();
        if (finished == null || writer != finished) {
            return;
        }
        if (commit.isBroken()) {
            abandon(null);
            return;
        }
        try {
            finished.sync();
            finished.segment().durable = finished.end();
            commit.allSynced();
        } catch (IOException e) {
            abandon(e);
            throw e;
        }
        finished.close();
        writer = null;
        commit.use(null);
    }

    /** The rest of the segment may or may not be on the disk; nobody was told that it is. */
    private void abandon(@Nullable IOException cause) {
        SegmentWriter broken = writer;
        if (broken == null) {
            return;
        }
        commit.quiet();
        if (writer != broken) {
            return;
        }
        if (cause != null) {
            commit.failed(cause);
        }
        Segment segment = broken.segment();
        bytes -= broken.end() - segment.durable;
        try {
            broken.truncate(segment.durable);
        } catch (IOException e) {
            // The next start finds what is whole there.
        }
        broken.close();
        writer = null;
        commit.use(null);
    }

    /** Looks at what earlier processes left. To be called before the first {@link #next}; does nothing the next time. */
    public void recover() throws IOException {
        while (recoverOne()) {
            // Writers get their turn between two segments.
        }
    }

    private boolean recoverOne() throws IOException {
        lock.lock();
        try {
            Segments all = open();
            Segment unknown = all.firstUnknown();
            if (unknown == null) {
                all.deleteLeftovers();
                return false;
            }
            look(unknown);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void look(Segment segment) {
        if (!segment.unknown) {
            return;
        }
        segment.unknown = false;
        long from = segment.number == cursor.segment() ? cursor.offset() : 0;
        long unreadable = segment.durable;
        try {
            SegmentScan.Result found = SegmentScan.of(segment.path(), from);
            segment.pending = found.records();
            segment.firstMs = found.firstMs();
            segment.newestMs = found.newestMs();
            segment.damage = found.damage();
            long size = segment.durable;
            segment.durable = found.end();
            bytes -= size - found.end();
            if (found.damage() == null) {
                return;
            }
            unreadable = found.damage().bytes() + size - found.end();
        } catch (IOException e) {
            bytes -= segment.durable;
            segment.durable = 0;
            segment.damage = new Damage();
        }
        reportDamage(segment, unreadable);
    }

    private void reportDamage(Segment segment, long unreadable) {
        boolean before = segment.isSetAside();
        try {
            open().setAside(segment);
        } catch (IOException e) {
            failure = e.getMessage();
        }
        if (!before) {
            events.damaged(segment.path(), unreadable);
        }
    }

    /** The next batch of at most so many bytes, or of one frame; null when there is none now. */
    public @Nullable Batch next(int maxBytes) throws IOException {
        lock.lock();
        try {
            Segments all = open();
            expire(all);
            for (Segment oldest = all.oldest(); oldest != null; oldest = all.oldest()) {
                look(oldest);
                long from = Math.max(Segment.HEADER, cursor.segment() == oldest.number ? cursor.offset() : 0);
                if (from < oldest.durable) {
                    Batch batch = read(oldest, from, maxBytes);
                    if (batch != null) {
                        return batch;
                    }
                }
                if (isActive(oldest)) {
                    return null;
                }
                remove(all, oldest);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void expire(Segments all) throws IOException {
        long limit = System.currentTimeMillis() - settings.maxAge().toMillis();
        for (Segment oldest = all.oldest();
                oldest != null && oldest.newestMs != 0 && oldest.newestMs < limit;
                oldest = all.oldest()) {
            if (isActive(oldest)) {
                if (oldest.pending == 0) {
                    return;
                }
                finishSegment();
                continue;
            }
            look(oldest);
            if (oldest.pending > 0) {
                events.expired(oldest.pending);
            }
            remove(all, oldest);
        }
    }

    private @Nullable Batch read(Segment segment, long from, int maxBytes) throws IOException {
        byte[] content = new byte[0];
        int records = 0;
        long at = from;
        try {
            int size = 0;
            for (long i = skip(segment, from); i < segment.durable; ) {
                Frame frame = checked(segment.frameAt(i));
                if (size > 0 && size + frame.length() > maxBytes) {
                    break;
                }
                size += frame.length();
                records += frame.records();
                at = frame.end();
                i = skip(segment, at);
            }
            content = new byte[size];
            int filledUp = 0;
            for (long i = skip(segment, from); i < at; ) {
                Frame frame = segment.frameAt(i);
                segment.read(frame, content, filledUp);
                filledUp += frame.length();
                i = skip(segment, frame.end());
            }
        } catch (IOException e) {
            return afterDamage(segment, e);
        }
        return content.length == 0 ? null : new Batch(content, records, segment.number, at);
    }

    private static long skip(Segment segment, long offset) {
        Damage damage = segment.damage;
        return damage == null ? offset : damage.after(offset);
    }

    private static Frame checked(Frame frame) throws IOException {
        if (!frame.isPlausible()) {
            throw new IOException("there is no frame at " + frame.offset());
        }
        return frame;
    }

    /** It was whole when it was looked at; look again, once, for what still is. */
    private @Nullable Batch afterDamage(Segment segment, IOException cause) throws IOException {
        if (segment.isSetAside()) {
            failure = cause.getMessage();
            return null;
        }
        if (isActive(segment)) {
            finishSegment();
        }
        segment.unknown = true;
        look(segment);
        if (segment.damage == null) {
            reportDamage(segment, segment.durable);
            return null;
        }
        return next(1);
    }

    /** The batch was taken and will not be given again by this process. */
    public void taken(Batch batch) {
        lock.lock();
        try {
            Cursor end = new Cursor(batch.segment(), batch.end());
            if (end.compareTo(cursor) > 0) {
                Segment segment = segments == null ? null : segments.byNumber(batch.segment());
                if (segment != null) {
                    segment.pending = Math.max(0, segment.pending - batch.records());
                }
                moveCursor(end);
            }
        } finally {
            lock.unlock();
        }
    }

    private void moveCursor(Cursor to) {
        cursor = to;
        cursorDirty = true;
        if (System.nanoTime() - cursorWrittenAt >= CURSOR_NANOS) {
            writeCursor();
        }
    }

    private void writeCursor() {
        SpoolDirectory owned = directory;
        if (cursorDirty && owned != null) {
            cursorWrittenAt = System.nanoTime();
            try {
                cursor.write(owned.path());
                cursorDirty = false;
            } catch (IOException e) {
                // The next start takes a little twice.
            }
        }
    }

    /** Waits for something to take, at most so long. */
    public void awaitFilled(long nanos) throws InterruptedException {
        lock.lock();
        try {
            writeCursor();
            if (!closed && !hasMore()) {
                filled.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasMore() {
        Segments all = segments;
        return all != null && all.holdsAfter(cursor);
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
            Segments all = segments;
            Segment oldest = all == null ? null : all.oldest();
            long taken = oldest != null && oldest.number == cursor.segment() ? cursor.offset() : 0;
            long pending = all == null ? 0 : all.pending();
            long oldestMs = pending == 0 || oldest == null ? 0 : oldest.firstMs;
            return new SpoolContent(Math.max(0, bytes - taken), pending, oldestMs, isFull());
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
            try {
                finishSegment();
            } catch (IOException e) {
                failure = e.getMessage();
            }
            Segments all = segments;
            SpoolDirectory owned = directory;
            if (all != null && all.unknown().isEmpty() && all.pending() == 0) {
                for (Segment oldest = all.oldest(); oldest != null; oldest = all.oldest()) {
                    remove(all, oldest);
                }
            }
            cursorDirty = all != null;
            writeCursor();
            closed = true;
            if (all != null) {
                all.close();
            }
            if (owned != null) {
                owned.close();
            }
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
