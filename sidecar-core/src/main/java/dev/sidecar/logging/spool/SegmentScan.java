package dev.sidecar.logging.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a segment that an earlier process wrote: which frames are whole, and what lies between them. A last
 * frame that was never written to its end was never acknowledged either, and is no damage; neither are zeros at the
 * end, which a loss of power leaves.
 */
final class SegmentScan {

    private final ByteBuffer bytes;
    private final int size;
    private final Damage damage = new Damage();
    private long records;
    private long firstMs;
    private long newestMs;
    private int end = Segment.HEADER;
    private boolean damaged;

    private SegmentScan(ByteBuffer bytes) {
        this.bytes = bytes;
        size = bytes.limit();
    }

    /**
     * What was found.
     *
     * @param end of the last whole frame
     * @param records in the frames that begin at {@code from} or after it
     * @param damage null where there is none
     */
    record Result(long end, long records, long firstMs, long newestMs, @Nullable Damage damage) {}

    static Result of(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), from);
        } catch (InternalError e) {
            // How the virtual machine says that a mapped page could not be read.
            throw new IOException("a part of " + file + " cannot be read from the disk", e);
        }
    }

    static Result of(ByteBuffer bytes, long from) {
        SegmentScan scan = new SegmentScan(bytes);
        scan.run(from);
        return new Result(scan.end, scan.records, scan.firstMs, scan.newestMs, scan.damaged ? scan.damage : null);
    }

    private void run(long from) {
        if (size < Segment.HEADER) {
            end = size;
            return;
        }
        damaged = bytes.getLong(0) != Segment.MAGIC;
        int at = Segment.HEADER;
        while (at < size) {
            Frame frame = wholeAt(at);
            if (frame != null) {
                take(frame, from);
                at = end;
            } else {
                int next = nextWhole(at + 1);
                if (next < 0) {
                    damaged |= !neverFinished(at);
                    return;
                }
                damaged = true;
                damage.add(at, next);
                at = next;
            }
        }
    }

    private void take(Frame frame, long from) {
        end = (int) frame.end();
        firstMs = firstMs == 0 ? frame.timeMs() : firstMs;
        newestMs = Math.max(newestMs, frame.timeMs());
        if (frame.offset() >= from) {
            records += frame.records();
        }
    }

    private @Nullable Frame wholeAt(int at) {
        if (size - at < Frame.HEADER || bytes.getInt(at) != Frame.MAGIC) {
            return null;
        }
        Frame frame = Frame.header(at, bytes.duplicate().position(at));
        if (!frame.isPlausible() || frame.end() > size) {
            return null;
        }
        int payload = at + Frame.HEADER;
        ByteBuffer content = bytes.duplicate().position(payload).limit(payload + frame.length());
        return frame.matches(content) ? frame : null;
    }

    private int nextWhole(int from) {
        for (int at = from; at <= size - Frame.HEADER; at++) {
            if (bytes.getInt(at) == Frame.MAGIC && wholeAt(at) != null) {
                return at;
            }
        }
        return -1;
    }

    private boolean neverFinished(int at) {
        boolean cut = size - at < Frame.HEADER;
        if (!cut && bytes.getInt(at) == Frame.MAGIC) {
            Frame frame = Frame.header(at, bytes.duplicate().position(at));
            cut = frame.isPlausible() && frame.end() > size;
        }
        return cut || onlyZeros(at);
    }

    private boolean onlyZeros(int from) {
        for (int at = from; at < size; at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
