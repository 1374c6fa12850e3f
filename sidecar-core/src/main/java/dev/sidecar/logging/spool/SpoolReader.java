package dev.sidecar.logging.spool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The end of the spool that is taken from, oldest first. Guarded by the spool's lock. */
final class SpoolReader {

    private final SpoolSettings settings;
    private final SpoolEvents events;
    private final Segments segments;
    private final Progress progress;
    private final Inspection inspection;
    private final SpoolAppender appender;

    SpoolReader(
            SpoolSettings settings,
            SpoolEvents events,
            Segments segments,
            Progress progress,
            Inspection inspection,
            SpoolAppender appender) {
        this.settings = settings;
        this.events = events;
        this.segments = segments;
        this.progress = progress;
        this.inspection = inspection;
        this.appender = appender;
    }

    @Nullable
    Batch next(int maxBytes) throws IOException {
        expire();
        for (Segment oldest = segments.oldest(); oldest != null; oldest = segments.oldest()) {
            inspection.look(oldest);
            long from = Math.max(Segment.HEADER, progress.within(oldest));
            if (from < oldest.durable) {
                try {
                    return read(oldest, from, maxBytes);
                } catch (IOException e) {
                    if (appender.isActive(oldest)) {
                        appender.finish();
                    }
                    inspection.again(oldest, e);
                    continue;
                }
            }
            if (appender.isActive(oldest)) {
                return null;
            }
            removeOldest();
        }
        return null;
    }

    void taken(Batch batch) {
        Cursor end = new Cursor(batch.segment(), batch.end());
        if (end.compareTo(progress.cursor()) > 0) {
            Segment segment = segments.byNumber(batch.segment());
            if (segment != null) {
                segment.pending = Math.max(0, segment.pending - batch.records());
            }
            progress.moveTo(end);
        }
    }

    /** Whether a batch of the size would be taken without giving up any that nobody has taken. */
    boolean hasRoom(int size) {
        Segment oldest = segments.oldest();
        long free = oldest != null && progress.isPast(oldest) ? oldest.end : 0;
        return segments.bytes() - free + size <= settings.maxBytes();
    }

    /** Gives up the oldest, if that is the policy, until there is room. */
    void makeRoom(int size) throws IOException {
        long max = settings.maxBytes();
        if (Segment.HEADER + size > max) {
            throw SpoolFullException.always(size, max);
        }
        while (segments.bytes() + size > max) {
            Segment oldest = segments.oldest();
            boolean past = oldest != null && progress.isPast(oldest);
            if (oldest == null || !past && !settings.dropOldest()) {
                throw SpoolFullException.now(max);
            }
            if (appender.isActive(oldest)) {
                appender.finish();
            } else {
                if (!past) {
                    events.droppedOldest(counted(oldest));
                }
                removeOldest();
            }
        }
    }

    private void expire() throws IOException {
        long limit = System.currentTimeMillis() - settings.maxAge().toMillis();
        for (Segment oldest = segments.oldest();
                oldest != null && oldest.newestMs != 0 && oldest.newestMs < limit;
                oldest = segments.oldest()) {
            if (appender.isActive(oldest)) {
                if (oldest.pending == 0) {
                    return;
                }
                appender.finish();
                continue;
            }
            long records = counted(oldest);
            if (records > 0) {
                events.expired(records);
            }
            removeOldest();
        }
    }

    private long counted(Segment segment) {
        try {
            inspection.look(segment);
        } catch (IOException e) {
            // It is given up all the same; nobody knows how many were in it.
        }
        return segment.pending;
    }

    void removeOldest() {
        Segment oldest = segments.oldest();
        if (oldest != null) {
            progress.moveTo(new Cursor(oldest.number + 1, 0));
            segments.removeOldest();
        }
    }

    private static Batch read(Segment segment, long from, int maxBytes) throws IOException {
        int size = 0;
        int records = 0;
        long end = from;
        for (long i = skip(segment, from); i < segment.durable; i = skip(segment, end)) {
            Frame frame = segment.frameAt(i);
            if (!frame.isPlausible()) {
                throw new IOException("there is no frame at " + i);
            }
            if (end > from && size + frame.length() > maxBytes) {
                break;
            }
            size += frame.length();
            records += frame.records();
            end = frame.end();
        }
        byte[] content = new byte[size];
        int at = 0;
        for (long i = skip(segment, from); i < end; ) {
            Frame frame = segment.frameAt(i);
            segment.read(frame, content, at);
            at += frame.length();
            i = skip(segment, frame.end());
        }
        return new Batch(content, records, segment.number, end);
    }

    private static long skip(Segment segment, long offset) {
        Damage damage = segment.damage;
        return damage == null ? offset : damage.after(offset);
    }
}
