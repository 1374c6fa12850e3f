package dev.sidecar.watchdog;

import dev.sidecar.json.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/** Gives an executor a heartbeat to run and sees when it does. Looked at by one thread. */
final class ExecutorWatch {

    private final String name;
    private final Executor executor;
    private final Duration deadline;
    private final LongSupplier nanos;
    private volatile boolean pending;
    private long given;

    ExecutorWatch(String name, Executor executor, Duration deadline, LongSupplier nanos) {
        this.name = name;
        this.executor = executor;
        this.deadline = deadline;
        this.nanos = nanos;
    }

    List<Finding> look(WatchdogMachine machine) {
        long now = nanos.getAsLong();
        if (pending) {
            return now - given < deadline.toNanos()
                    ? List.of()
                    : machine.trouble(
                            name,
                            Cause.STALL,
                            name + " has not run what it was given for more than " + DurationText.format(deadline));
        }
        pending = true;
        given = now;
        try {
            executor.execute(() -> pending = false);
        } catch (RejectedExecutionException e) {
            // Full or shut down: if it stays so, that is a stall too.
            return List.of();
        }
        return machine.recovered(name, Cause.STALL, name + " runs again");
    }
}
