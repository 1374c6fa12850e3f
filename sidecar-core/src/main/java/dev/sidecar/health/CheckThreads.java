package dev.sidecar.health;

import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What checks run on: one timer, which never blocks, and a worker for each run that is under way. Neither has a
 * thread before the first check.
 */
record CheckThreads(ScheduledThreadPoolExecutor timer, ExecutorService workers) implements AutoCloseable {

    /** Runs that hang at the same time; one more is a failure of its check, at once. */
    private static final int MAX_WORKERS = 1024;

    static CheckThreads create() {
        return new CheckThreads(
                Threads.timer("health-timer"), Threads.onDemand("health", MAX_WORKERS, Duration.ofSeconds(10)));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
