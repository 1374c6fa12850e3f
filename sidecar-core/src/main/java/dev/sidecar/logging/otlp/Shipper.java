package dev.sidecar.logging.otlp;

import dev.sidecar.logging.spool.Batch;
import dev.sidecar.logging.spool.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches from the spool and sends them, one at a time and in order, until the collector has them or says that
 * it never will. {@link #run} is the work of one thread; {@link #close} ends it.
 */
final class Shipper implements Runnable {

    /** Of an uncompressed request; receivers limit it, ours at {@code sidecar.api.max-body-size=4MB}. */
    private static final int MAX_REQUEST = 512 << 10;

    /** A record that finds nothing before it waits so long for others: a request for each would cost more than they do. */
    private static final Duration GATHERING = Duration.ofMillis(100);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration DISK_REST = Duration.ofSeconds(1);
    private static final long PROBE_NANOS = DISK_REST.toNanos();
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** What became of batches. Called from the shipper's thread. */
    interface Listener {
        void delivered(int records, long rejected, String message);

        void refused(int records, String reason);

        void retrying(String reason, Duration pause);

        void spoolFailed(IOException cause);

        void spoolUsable();
    }

    private final Spool own;
    private final Supplier<Collector> connect;
    private final Listener listener;
    private final RetryDelay delay = new RetryDelay();
    private @Nullable Spool adopted;
    private @Nullable Collector collector;
    private boolean troubled;
    private long probedAt = System.nanoTime() - PROBE_NANOS;
    private volatile boolean closing;
    private volatile long giveUpAt = Long.MAX_VALUE;
    private volatile @Nullable Thread thread;

    Shipper(Spool spool, Supplier<Collector> connect, Listener listener) {
        this.own = spool;
        this.connect = connect;
        this.listener = listener;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            recover();
            while (!closing || System.nanoTime() < giveUpAt) {
                if (!step() && closing) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // It is closed, and its last words take too long.
        } finally {
            release();
        }
    }

    private void recover() throws InterruptedException {
        while (!closing) {
            try {
                own.recover();
                adopted = own.adopt();
                if (own.isWell()) {
                    listener.spoolUsable();
                }
                return;
            } catch (IOException | RuntimeException e) {
                listener.spoolFailed(e instanceof IOException io ? io : new IOException(e.getMessage(), e));
                pause(DISK_REST);
            }
        }
    }

    /** Returns false when there is nothing to do, or nothing that can be done now. */
    private boolean step() throws InterruptedException {
        probe();
        Spool orphan = adopted;
        Spool from = orphan == null ? own : orphan;
        try {
            Batch batch = from.next(MAX_REQUEST);
            if (batch != null) {
                return send(from, batch);
            }
            if (orphan != null) {
                orphan.close();
                adopted = own.adopt();
                return true;
            }
            if (!closing) {
                own.awaitFilled(own.isFailing() || troubled ? PROBE_NANOS : IDLE_NANOS);
                pause(GATHERING);
                // What came meanwhile is sent also when this was closed meanwhile.
                return true;
            }
        } catch (IOException | RuntimeException e) {
            if (orphan != null) {
                // The living first; the next start tries again.
                orphan.close();
                adopted = null;
            }
            troubled = true;
            listener.spoolFailed(e instanceof IOException io ? io : new IOException(e.getMessage(), e));
            pause(DISK_REST);
        }
        return false;
    }

    /** A disk that failed is tried, so that its state is true also while nobody writes. */
    private void probe() {
        if (closing || !troubled && !own.isFailing() || System.nanoTime() - probedAt < PROBE_NANOS) {
            return;
        }
        probedAt = System.nanoTime();
        try {
            own.probe();
            troubled = false;
            listener.spoolUsable();
        } catch (IOException | RuntimeException e) {
            listener.spoolFailed(e instanceof IOException io ? io : new IOException(e.getMessage(), e));
        }
    }

    private boolean send(Spool from, Batch batch) throws InterruptedException {
        Verdict verdict = post(batch);
        if (verdict instanceof Verdict.Again again) {
            Duration own = delay.next();
            // A collector that says 'now', or a time that is over, would be called as fast as it answers.
            Duration pause = again.pause() == null || again.pause().isZero() ? own : again.pause();
            listener.retrying(again.reason(), pause);
            if (!closing) {
                pause(pause);
            }
            return false;
        }
        delay.reset();
        from.taken(batch);
        if (verdict instanceof Verdict.Taken taken) {
            listener.delivered(batch.records(), Math.min(taken.rejected(), batch.records()), taken.message());
        } else if (verdict instanceof Verdict.Refused refused) {
            listener.refused(batch.records(), refused.reason());
        }
        return true;
    }

    private Verdict post(Batch batch) throws InterruptedException {
        try {
            Collector current = collector;
            if (current == null) {
                current = connect.get();
                collector = current;
            }
            return Judgement.of(current.post(gzip(batch.content())), Clock.systemUTC());
        } catch (IOException | RuntimeException e) {
            return new Verdict.Again(e.getMessage() == null ? e.toString() : e.getMessage(), null);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 4 + 64);
        try (GZIPOutputStream gzip = new Fast(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** Logs shrink well at any level, and the fastest one leaves the processor to the application. */
    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private void pause(Duration pause) throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !closing; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, Math.min(left, PROBE_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            probe();
        }
    }

    private void release() {
        if (adopted != null) {
            adopted.close();
        }
        if (collector != null) {
            collector.close();
        }
    }

    /** Sends what it can within two seconds; whatever is left stays in the spool. */
    void close() {
        giveUpAt = System.nanoTime() + LAST_WORDS.toNanos();
        closing = true;
        own.wake();
        Thread running = thread;
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join(LAST_WORDS.toMillis());
            running.interrupt();
            running.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
