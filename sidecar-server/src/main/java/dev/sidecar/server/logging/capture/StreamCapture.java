package dev.sidecar.server.logging.capture;

import dev.sidecar.logging.Logs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of an application until its end and logs each record found there. {@link #run()} is called once,
 * on a thread that may block: it returns at the end of the stream, also when that is a failed read, and never throws.
 * While the queue of {@code logs} is full it does not read, so the application feels what it would feel from a slow
 * terminal. When the bytes cannot be passed on any more, it closes the stream, so that the application's next write
 * fails as it would without it.
 */
public final class StreamCapture implements Runnable {

    /** After so long without a further line, the last one is complete. */
    static final Duration QUIET = Duration.ofMillis(200);

    private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

    private final InputStream in;
    private final @Nullable OutputStream raw;
    private final RecordJoiner joiner;
    private final LineFramer framer;
    private volatile boolean ending;

    /**
     * @param source {@code stdout} or {@code stderr}
     * @param raw where the bytes are passed on to, unchanged and flushed, before they are parsed; null for nowhere
     */
    public StreamCapture(InputStream in, String source, Logs logs, @Nullable OutputStream raw) {
        this.in = in;
        this.raw = raw;
        joiner = new RecordJoiner(source, logs::log);
        framer = new LineFramer(joiner::add);
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1 << 14];
        try {
            for (int count = read(buffer); count >= 0; count = read(buffer)) {
                if (raw != null) {
                    raw.write(buffer, 0, count);
                    raw.flush();
                }
                framer.feed(buffer, count);
            }
        } catch (IOException e) {
            closeQuietly();
        } finally {
            framer.finish();
            joiner.release();
        }
    }

    private int read(byte[] buffer) throws IOException {
        if (joiner.isHolding()) {
            long quietAt = System.nanoTime() + QUIET.toNanos();
            while (!ending && in.available() == 0 && System.nanoTime() < quietAt) {
                LockSupport.parkNanos(STEP_NANOS);
            }
            if (in.available() == 0) {
                joiner.release();
            }
        }
        return in.read(buffer);
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // There is nothing left to read in any case.
        }
    }

    /** Says that nothing more will be written, so that the last record need not wait for a line that continues it. */
    public void ending() {
        ending = true;
    }
}
