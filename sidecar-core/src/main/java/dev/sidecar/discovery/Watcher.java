package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener, called on a thread of its own that is there only while there is something to tell. */
final class Watcher implements Subscription {

    private static final long LONGEST_CALL_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final String service;
    private final Function<String, ServiceInstances> reader;
    private final Consumer<ServiceInstances> listener;
    private final Consumer<Watcher> closing;
    private final ExecutorService thread = Threads.serial("discovery-watch");
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final ReentrantLock calling = new ReentrantLock();
    private volatile boolean closed;
    private long lastIndex = Long.MIN_VALUE;

    Watcher(
            String service,
            Function<String, ServiceInstances> reader,
            Consumer<ServiceInstances> listener,
            Consumer<Watcher> closing) {
        this.service = service;
        this.reader = reader;
        this.listener = listener;
        this.closing = closing;
    }

    String service() {
        return service;
    }

    /** Signals that come before the listener is called are one. */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            try {
                thread.execute(this::call);
            } catch (RejectedExecutionException e) {
                LOG.trace("closed", e);
            }
        }
    }

    private void call() {
        calling.lock();
        try {
            signalled.set(false);
            ServiceInstances list = reader.apply(service);
            if (!closed && list.index() != lastIndex) {
                lastIndex = list.index();
                listener.accept(list);
            }
        } catch (RuntimeException e) {
            LOG.warn("A listener for instances of {} failed", service, e);
        } finally {
            calling.unlock();
        }
    }

    /** Waits for a call that runs, unless it comes from that call or the call is stuck. */
    @Override
    public void close() {
        closed = true;
        closing.accept(this);
        thread.shutdown();
        try {
            if (calling.tryLock(LONGEST_CALL_MS, TimeUnit.MILLISECONDS)) {
                calling.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
