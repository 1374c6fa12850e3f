package dev.sidecar.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one place where threads are made. All are daemons named {@code sidecar-<role>}, so that a thread dump says
 * what is ours, and none keeps an application from ending.
 */
public final class Threads {

    private Threads() {}

    /** A thread that is not started yet. */
    public static Thread named(String role, Runnable work) {
        Thread thread = new Thread(work, "sidecar-" + role);
        thread.setDaemon(true);
        return thread;
    }

    /** One thread that runs timed work; it must not block. Cancelled work is forgotten at once. */
    public static ScheduledThreadPoolExecutor timer(String role) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory(role));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** One thread, made on first use and gone after ten idle seconds, that runs work in order. */
    public static ExecutorService serial(String role) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(role));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** As many threads as there is blocking work at the moment, at most {@code max}; each gone after {@code idle}. */
    public static ExecutorService onDemand(String role, int max, Duration idle) {
        return new ThreadPoolExecutor(
                0, max, idle.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), factory(role));
    }

    /** At most {@code max} threads for blocking work, of which {@code waiting} more are kept; each gone after {@code idle}. */
    public static ExecutorService queued(String role, int max, int waiting, Duration idle) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                max, max, idle.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(waiting), factory(role));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** At most {@code max} threads, each gone after {@code idle}; work that finds none free waits for one. */
    public static ExecutorService pool(String role, int max, Duration idle) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                max, max, idle.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), factory(role));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static ThreadFactory factory(String role) {
        AtomicInteger number = new AtomicInteger();
        return work -> named(role + "-" + number.incrementAndGet(), work);
    }
}
