package dev.sidecar.monitor;

import dev.sidecar.runtime.Threads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads that the kernel may never answer, such as the space left on a dead server's file system. Each runs on a thread
 * of its own, is waited for only so long, and is not begun again before it has ended. Thread-safe.
 */
final class BoundedReads implements AutoCloseable {

    /** What hangs in the kernel cannot be interrupted, so that many threads of each kind may be lost at most. */
    private static final int MOST = 4;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ExecutorService near = Threads.onDemand("monitor-read", MOST, Duration.ofMillis(500));
    private final ExecutorService far = Threads.onDemand("monitor-read-far", MOST, Duration.ofMillis(500));
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final AtomicLong cpuNanos = new AtomicLong();
    private final Duration limit;

    BoundedReads(Duration limit) {
        this.limit = limit;
    }

    /**
     * The answer; empty when there was none in time, the read failed, or an earlier one of the same name still hangs.
     */
    <T> Optional<T> ask(String name, Callable<T> read) {
        return ask(near, name, read, limit.toNanos());
    }

    /**
     * The same for what another machine answers: when all of that hangs, what is near is still read.
     *
     * @param nanos of the time that several such reads may take together, what is left
     */
    <T> Optional<T> askFar(String name, Callable<T> read, long nanos) {
        return ask(far, name, read, nanos);
    }

    /** How long a read is waited for at most. */
    long limitNanos() {
        return limit.toNanos();
    }

    private <T> Optional<T> ask(ExecutorService threads, String name, Callable<T> read, long nanos) {
        if (!pending.add(name)) {
            return Optional.empty();
        }
        FutureTask<T> task = new FutureTask<>(() -> {
            long before = cpu();
            try {
                return read.call();
            } finally {
                pending.remove(name);
                cpuNanos.addAndGet(cpu() - before);
            }
        });
        try {
            threads.execute(task);
            return Optional.ofNullable(task.get(nanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            pending.remove(name);
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Processor time of all reads that have ended. */
    long cpuNanos() {
        return cpuNanos.get();
    }

    /** Processor time of the current thread, 0 where the system does not say. */
    static long cpu() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? Math.max(0, THREADS.getCurrentThreadCpuTime()) : 0;
    }

    @Override
    public void close() {
        near.shutdownNow();
        far.shutdownNow();
    }
}
