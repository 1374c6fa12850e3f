package dev.sidecar.client.logging;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Backoff;
import dev.sidecar.logging.LogReceipt;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Brings buffered records to the sidecar in batches, in order, from a thread that is there only while there is
 * something to bring. A batch whose answer was lost is sent again: a record may arrive twice, not never.
 */
final class LogSender {

    private static final int BATCH_RECORDS = 512;
    private static final long BATCH_BYTES = 512 * 1024;
    private static final long MAX_AGE_NANOS = Duration.ofSeconds(60).toNanos();

    private final LogBuffer buffer;
    private final Function<List<LogRecord>, LogReceipt> delivery;
    private final Spill spill;
    private final Availability availability;
    private final Counter sent;
    private final ExecutorService worker = Threads.serial("client-logs");
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Backoff backoff = new Backoff();
    private volatile boolean closed;

    LogSender(
            LogBuffer buffer,
            Function<List<LogRecord>, LogReceipt> delivery,
            Spill spill,
            Availability availability,
            Counter sent) {
        this.buffer = buffer;
        this.delivery = delivery;
        this.spill = spill;
        this.availability = availability;
        this.sent = sent;
        availability.onReturn(buffer::wake);
    }

    /** Says that there is something in the buffer. */
    void nudge() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                worker.execute(this::run);
            } catch (RejectedExecutionException e) {
                // Closed: what is left is spilled by close().
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                List<LogRecord> batch = buffer.oldest(BATCH_RECORDS, BATCH_BYTES);
                if (batch.isEmpty()) {
                    scheduled.set(false);
                    if (buffer.isEmpty() || !scheduled.compareAndSet(false, true)) {
                        return;
                    }
                } else {
                    bring(batch);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void bring(List<LogRecord> batch) throws InterruptedException {
        if (availability.hangs()) {
            wait(Duration.ofSeconds(1));
            return;
        }
        try {
            report(batch, delivery.apply(batch));
            buffer.remove(batch.size());
            backoff.reset();
        } catch (SidecarUnavailableException e) {
            wait(Duration.ofSeconds(1));
        } catch (SidecarException e) {
            if (refusesContent(e)) {
                narrow(batch);
            } else {
                wait(backoff.next());
            }
        } catch (RuntimeException e) {
            // An object of the application that cannot be encoded must not stop the others.
            narrow(batch);
        }
    }

    private void narrow(List<LogRecord> batch) throws InterruptedException {
        if (batch.size() > 1) {
            bring(batch.subList(0, batch.size() / 2));
        } else {
            spill.print(batch.get(0));
            buffer.remove(1);
        }
    }

    private void report(List<LogRecord> batch, LogReceipt receipt) {
        sent.increment(receipt.accepted());
        for (LogReceipt.LineError error : receipt.errors()) {
            if (error.line() >= 1 && error.line() <= batch.size()) {
                spill.print(batch.get(error.line() - 1));
            }
        }
    }

    /** Sending the same again would end the same. */
    private static boolean refusesContent(SidecarException e) {
        int status = e.problem().status();
        return status == 400 || status == 413 || status == 422;
    }

    private void wait(Duration time) throws InterruptedException {
        buffer.pause(time.toMillis());
        if (!closed) {
            spillOldest(buffer.olderThan(MAX_AGE_NANOS));
        }
    }

    private void spillOldest(int count) {
        buffer.oldest(count, Long.MAX_VALUE).forEach(spill::print);
        buffer.remove(count);
    }

    /** Ends the thread and spills what is left. */
    void close() {
        closed = true;
        worker.shutdownNow();
        buffer.wake();
        try {
            worker.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<LogRecord> left = buffer.oldest(Integer.MAX_VALUE, Long.MAX_VALUE);
        left.forEach(spill::print);
        buffer.remove(left.size());
    }
}
