package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.RollingFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A file of ECS JSON lines. Thread-safe, and safe with other processes that append to the same file: each write to the
 * file is of whole lines. A failure leaves no part of a line behind, and the next write tries again from the start, so
 * the sink recovers by itself.
 *
 * <p>{@link #write} is as safe as the operating system; {@link #commit} as safe as the disk, and writers that come
 * together share one sync.
 */
final class FileSink implements AutoCloseable {

    private static final int SPARE = 1 << 19;

    private final EcsFormat format = new EcsFormat();
    private final FileRoll roll;
    private final AppendedFile file;

    /** The lines of the last write, to be written over: garbage of that size would be most of what a proxy makes. */
    private final AtomicReference<@Nullable JsonLine> spare = new AtomicReference<>();

    FileSink(RollingFile options) {
        roll = new FileRoll(options);
        file = new AppendedFile(options.path());
    }

    /** Returns once the disk has the records; throws when it does not have all of them. */
    void commit(List<LogRecord> records) throws IOException {
        file.sync(write(records));
    }

    /**
     * Returns once the operating system has the records; throws when it does not have all of them.
     *
     * @return how far {@link AppendedFile#sync} has to be for them to be on the disk
     */
    long write(List<LogRecord> records) throws IOException {
        JsonLine last = spare.getAndSet(null);
        JsonLine lines = last == null ? new JsonLine(1024 + records.size() * 512) : last;
        lines.clear();
        int[] ends = new int[records.size()];
        for (int i = 0; i < ends.length; i++) {
            format.append(records.get(i), lines);
            ends[i] = lines.size();
        }
        long appended = append(lines.bytes(), ends, lines.size());
        if (lines.bytes().length <= SPARE) {
            spare.set(lines);
        }
        return appended;
    }

    private synchronized long append(byte[] bytes, int[] ends, int length) throws IOException {
        int from = 0;
        while (from < length) {
            int to = wholeLines(ends, from);
            long size = file.open();
            if (roll.isDue(size, to - from)) {
                roll.roll(to - from);
                size = file.open();
            }
            file.append(bytes, from, to, size);
            from = to;
        }
        return file.appended();
    }

    /** The end of as many lines as fit into one write. */
    private static int wholeLines(int[] ends, int from) {
        int to = from;
        for (int end : ends) {
            if (end > from && (to == from || end - from <= AppendedFile.MAX_WRITE)) {
                to = end;
            }
        }
        return to;
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
