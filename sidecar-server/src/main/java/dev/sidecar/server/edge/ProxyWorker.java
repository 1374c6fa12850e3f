package dev.sidecar.server.edge;

import dev.sidecar.runtime.Threads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that does all the work of a proxy, in order, and when it is to look next. Thread-safe. */
final class ProxyWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyWorker.class);

    private final String name;
    private final ScheduledExecutorService timer;
    private final ExecutorService thread;
    private @Nullable ScheduledFuture<?> ticking;
    private @Nullable ScheduledFuture<?> due;
    private volatile boolean closed;

    ProxyWorker(String name, ScheduledExecutorService timer) {
        this.name = name;
        this.timer = timer;
        this.thread = Threads.serial("edge-" + name);
    }

    /** Does the work after what was asked for before; a failure is logged. */
    void submit(Runnable work) {
        if (!closed) {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("edge {}: {}", name, e.toString(), e);
                }
            });
        }
    }

    /** Does the work and waits for what it returns; its unchecked exceptions are thrown here. */
    <T extends @Nullable Object> T ask(Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Does the work again and again from now on. */
    synchronized void every(long millis, Runnable work) {
        ticking = timer.scheduleWithFixedDelay(() -> submit(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Does the work after a while, instead of what was to be done so before. */
    synchronized void in(long nanos, Runnable work) {
        if (closed) {
            return;
        }
        if (due != null) {
            due.cancel(false);
        }
        due = timer.schedule(() -> submit(work), nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes no more; what is under way may end. */
    @Override
    public synchronized void close() {
        closed = true;
        if (ticking != null) {
            ticking.cancel(false);
        }
        thread.shutdown();
    }
}
