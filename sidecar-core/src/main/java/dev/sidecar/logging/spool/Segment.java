package dev.sidecar.logging.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one file of the spool. Guarded by the spool's lock, but for {@link #read}, which belongs to the one
 * reader.
 */
final class Segment {

    static final String SUFFIX = ".seg";
    static final String SET_ASIDE = ".damaged";
    static final int HEADER = 16;
    static final long MAGIC = 0x5343_5350_4f4f_4c31L;

    final long number;
    private Path path;

    /** Bytes in the file. */
    long end;

    /** Bytes from the begin that are whole and on the disk. */
    long durable;

    /** Records that nobody has taken yet. */
    long pending;

    long firstMs;
    long newestMs;

    /** Whether nobody knows what is in it: a process before this one wrote it, or its end was given up. */
    boolean unknown;

    /** How often it could not be read. */
    int failures;

    /** Where good frames begin again after damage, and what is passed over; null where all is whole. */
    @Nullable
    Damage damage;

    private @Nullable RandomAccessFile reading;

    Segment(long number, Path path) {
        this.number = number;
        this.path = path;
    }

    Path path() {
        return path;
    }

    void renamed(Path to) {
        path = to;
    }

    boolean isSetAside() {
        return path.toString().endsWith(SET_ASIDE);
    }

    static String fileName(long number) {
        return String.format("%020d", number) + SUFFIX;
    }

    static byte[] header(long number) {
        return ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(number).array();
    }

    /** The header of the frame at the offset, without its payload. */
    Frame frameAt(long offset) throws IOException {
        RandomAccessFile file = file();
        byte[] header = new byte[Frame.HEADER];
        file.seek(offset);
        file.readFully(header);
        return Frame.header(offset, ByteBuffer.wrap(header));
    }

    /** Throws when the payload is not what was written. */
    void read(Frame frame, byte[] into, int at) throws IOException {
        file().seek(frame.offset() + Frame.HEADER);
        file().readFully(into, at, frame.length());
        if (!frame.matches(ByteBuffer.wrap(into, at, frame.length()))) {
            throw new IOException("the checksum of the frame at " + frame.offset() + " is wrong");
        }
    }

    private RandomAccessFile file() throws IOException {
        RandomAccessFile file = reading;
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "r");
            reading = file;
        }
        return file;
    }

    void close() {
        if (reading != null) {
            try {
                reading.close();
            } catch (IOException e) {
                // It was only read.
            }
            reading = null;
        }
    }
}
