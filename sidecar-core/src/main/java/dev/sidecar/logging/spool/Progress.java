package dev.sidecar.logging.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Up to where the spool was taken, in memory at once and on the disk a little later. Guarded by the spool's lock. */
final class Progress {

    private static final long SAVED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path directory;
    private Cursor cursor;
    private long savedAt = System.nanoTime();
    private boolean dirty;

    private Progress(Path directory, Cursor cursor) {
        this.directory = directory;
        this.cursor = cursor;
    }

    static Progress read(Path directory) {
        return new Progress(directory, Cursor.read(directory));
    }

    Cursor cursor() {
        return cursor;
    }

    /** How far the segment was taken; 0 where nobody has begun with it. */
    long within(Segment segment) {
        return segment.number == cursor.segment() ? cursor.offset() : 0;
    }

    /** Whether nothing of the segment is left to take, nor on its way to the disk. */
    boolean isPast(Segment segment) {
        return !segment.unknown && Math.max(Segment.HEADER, within(segment)) >= segment.end;
    }

    void moveTo(Cursor to) {
        cursor = to;
        dirty = true;
        if (System.nanoTime() - savedAt >= SAVED_EVERY_NANOS) {
            save();
        }
    }

    void save() {
        if (!dirty) {
            return;
        }
        savedAt = System.nanoTime();
        try {
            cursor.write(directory);
            dirty = false;
        } catch (IOException e) {
            // The next start gives a little twice.
        }
    }
}
