package dev.sidecar.logging.spool;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Finds out what is in a segment that this process did not write, or could not read. Damage is what the content shows;
 * a file that cannot be opened just now (no descriptor left, no permission) is not damaged, and is tried again. Guarded
 * by the spool's lock.
 */
final class Inspection {

    /** After so many errors of the disk its content is given up for lost. */
    private static final int PATIENCE = 10;

    private final Segments segments;
    private final Progress progress;
    private final SpoolEvents events;

    Inspection(Segments segments, Progress progress, SpoolEvents events) {
        this.segments = segments;
        this.progress = progress;
        this.events = events;
    }

    /** Knows the segment's content when it returns; throws when it may be known later. */
    void look(Segment segment) throws IOException {
        if (!segment.unknown) {
            return;
        }
        try {
            SegmentScan.Result found = SegmentScan.of(segment.path(), progress.within(segment));
            segment.unknown = false;
            segment.pending = found.records();
            segment.firstMs = found.firstMs();
            segment.newestMs = found.newestMs();
            segment.damage = found.damage();
            segment.durable = found.end();
            long size = segment.end;
            segment.end = found.end();
            if (found.damage() != null) {
                setAside(segment, found.damage().bytes() + size - found.end());
            }
        } catch (NoSuchFileException e) {
            giveUp(segment);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            if (++segment.failures < PATIENCE) {
                throw e;
            }
            giveUp(segment);
        }
    }

    /** It was whole when it was looked at. Looks again for what still is, at once the first time. */
    void again(Segment segment, IOException cause) throws IOException {
        segment.close();
        segment.unknown = true;
        if (++segment.failures >= PATIENCE) {
            giveUp(segment);
        } else if (segment.failures > 1) {
            throw cause;
        }
    }

    private void giveUp(Segment segment) {
        long lost = segment.end;
        segment.unknown = false;
        segment.end = 0;
        segment.durable = 0;
        segment.pending = 0;
        segment.damage = new Damage();
        setAside(segment, lost);
    }

    private void setAside(Segment segment, long unreadable) {
        boolean known = segment.isSetAside();
        try {
            segments.setAside(segment);
        } catch (IOException e) {
            // It is read on under its old name.
        }
        if (!known) {
            events.damaged(segment.path(), unreadable);
        }
    }
}
