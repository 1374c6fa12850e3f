package dev.sidecar.logging.spool;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Appends to a new segment. A file, not a channel, because an interrupt of the writing thread closes a channel. Its
 * owner sees to it that one thread writes at a time; {@link #sync} may run beside a write.
 */
final class SegmentWriter {

    private final Segment segment;
    private final RandomAccessFile file;

    private SegmentWriter(Segment segment, RandomAccessFile file) {
        this.segment = segment;
        this.file = file;
    }

    /** The file and its name are on the disk when this returns; when it throws, neither is there. */
    static SegmentWriter create(Path directory, long number) throws IOException {
        Path path = directory.resolve(Segment.fileName(number));
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        SegmentWriter writer = new SegmentWriter(new Segment(number, path), file);
        try {
            file.write(Segment.header(number));
            writer.segment.end = Segment.HEADER;
            file.getFD().sync();
            AtomicFiles.syncDirectory(directory);
            writer.segment.durable = Segment.HEADER;
            return writer;
        } catch (IOException e) {
            writer.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    Segment segment() {
        return segment;
    }

    long end() {
        return segment.end;
    }

    /** Not on the disk yet. After a failure a part of it may be there, to be truncated. */
    void write(byte[] frame) throws IOException {
        file.write(frame);
        segment.end += frame.length;
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    /** Takes back what was written beyond the offset. */
    void truncate(long to) throws IOException {
        file.setLength(to);
        file.seek(to);
        segment.end = to;
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            // What counts was synced before.
        }
    }
}
