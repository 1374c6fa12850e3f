package dev.sidecar.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done soon after it was asked for, one run after the other, on a thread that is there only while there is
 * something to do. What is asked for before a run begins is one run. Thread-safe.
 */
public final class Signal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Signal.class);
    private static final long LONGEST_RUN_MS = 1_000;

    private final Runnable work;
    private final ExecutorService thread;
    private final AtomicBoolean raised = new AtomicBoolean();
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;

    /**
     * Nothing is to be done yet.
     *
     * @param role names the thread
     * @param work what throws is logged, and run again at the next signal
     */
    public Signal(String role, Runnable work) {
        this.work = work;
        this.thread = Threads.serial(role);
    }

    /** The work is to be done; no effect once this is closed. */
    public void raise() {
        if (raised.compareAndSet(false, true)) {
            try {
                thread.execute(this::run);
            } catch (RejectedExecutionException e) {
                LOG.trace("closed", e);
            }
        }
    }

    /** Whether the work is to stop. */
    public boolean isClosed() {
        return closed;
    }

    private void run() {
        running.lock();
        try {
            raised.set(false);
            if (!closed) {
                work.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("A listener failed; it is called again at the next change", e);
        } finally {
            running.unlock();
        }
    }

    /** Waits for a run that is going on, unless this comes from that run or the run is stuck. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (running.tryLock(LONGEST_RUN_MS, TimeUnit.MILLISECONDS)) {
                running.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
