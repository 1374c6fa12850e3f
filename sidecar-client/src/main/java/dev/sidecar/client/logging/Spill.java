package dev.sidecar.client.logging;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.RedactedLine;
import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where records go that the sidecar cannot take: standard error, one line each, from a thread that is there only
 * then. What standard error cannot take either is counted, and the count is printed. Thread-safe.
 */
final class Spill {

    private static final int OUTSTANDING = 1024;
    private static final long PATIENCE_MS = 100;

    private final ExecutorService printer = Threads.serial("client-spill");
    private final RedactedLine line = new RedactedLine();
    private final Semaphore room = new Semaphore(OUTSTANDING);
    private final AtomicLong untold = new AtomicLong();
    private final Counter spilled;
    private final Counter dropped;

    Spill(Counter spilled, Counter dropped) {
        this.spilled = spilled;
        this.dropped = dropped;
    }

    void print(LogRecord record) {
        boolean taken = false;
        try {
            taken = room.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
            if (taken) {
                printer.execute(() -> printNow(record));
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            room.release();
        }
        dropped.increment();
        untold.incrementAndGet();
    }

    private void printNow(LogRecord record) {
        try {
            System.err.println(line.of(record));
            spilled.increment();
            long lost = untold.getAndSet(0);
            if (lost > 0) {
                System.err.println(lost + " log records were lost: neither the sidecar nor standard error took them");
            }
        } finally {
            room.release();
        }
    }

    /** Prints what is left, for so long at the most. */
    void close(long millis) {
        printer.shutdown();
        try {
            if (!printer.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                printer.shutdownNow();
            }
        } catch (InterruptedException e) {
            printer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
