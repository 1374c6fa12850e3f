package dev.sidecar.watchdog;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** When the machine is asked. Its one thread is there only while there is something to wait for. Thread-safe. */
final class WatchdogTimer implements AutoCloseable {

    private static final Duration DEADLOCKS = Duration.ofSeconds(5);

    private final WatchdogOptions options;
    private final Consumer<LocalWatchdog.Question> machine;
    private @Nullable ScheduledThreadPoolExecutor timer;
    private @Nullable Future<?> check;
    private @Nullable Future<?> sampling;
    private @Nullable Future<?> deadlocks;

    WatchdogTimer(WatchdogOptions options, Consumer<LocalWatchdog.Question> machine) {
        this.options = options;
        this.machine = machine;
    }

    /** Begins to sample, where there is a ceiling. */
    synchronized void begin(Watched process) {
        cancel(sampling);
        if (!options.ceilings().isEmpty()) {
            long every = interval().toNanos();
            sampling = timer().scheduleWithFixedDelay(() -> sample(process), 0, every, TimeUnit.NANOSECONDS);
        }
    }

    synchronized void end() {
        cancel(sampling);
        cancel(check);
        cancel(deadlocks);
    }

    /** The heartbeat is to be looked at in so many nanoseconds. A beat only moves it: the old time is kept. */
    synchronized void arm(OptionalLong in) {
        if (in.isEmpty()) {
            cancel(check);
            return;
        }
        if (check instanceof ScheduledFuture<?> pending
                && !pending.isDone()
                && pending.getDelay(TimeUnit.NANOSECONDS) <= in.getAsLong()
                && pending.getDelay(TimeUnit.NANOSECONDS) > 0) {
            return;
        }
        cancel(check);
        check = timer().schedule(() -> machine.accept(WatchdogMachine::check), in.getAsLong(), TimeUnit.NANOSECONDS);
    }

    synchronized void watchDeadlocks() {
        cancel(deadlocks);
        deadlocks = timer().scheduleWithFixedDelay(
                        () -> machine.accept((machine, now) -> {
                            String found = ThreadDump.deadlock();
                            return found == null
                                    ? machine.recovered("", Cause.DEADLOCK, "no deadlock any more")
                                    : machine.trouble("", Cause.DEADLOCK, found);
                        }),
                        DEADLOCKS.toMillis(),
                        DEADLOCKS.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    synchronized Subscription watch(String name, Executor executor, Duration deadline) {
        ExecutorWatch watch = new ExecutorWatch(name, executor, deadline, System::nanoTime);
        long every = Math.max(1_000_000, deadline.toNanos() / 4);
        Future<?> pings = timer().scheduleWithFixedDelay(
                        () -> machine.accept((machine, now) -> watch.look(machine)), 0, every, TimeUnit.NANOSECONDS);
        return () -> {
            pings.cancel(false);
            machine.accept((machine, now) -> machine.recovered(name, Cause.STALL, name + " is no longer watched"));
        };
    }

    /** Four samples within the shortest time that counts, between a quarter of a second and five. */
    private Duration interval() {
        Duration shortest = options.ceilings().values().stream()
                .map(Ceiling::lasting)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return Duration.ofMillis(Math.max(250, Math.min(5_000, shortest.toMillis() / 4)));
    }

    private void sample(Watched process) {
        Map<Cause, Double> usage = process.usage();
        machine.accept((machine, now) -> machine.isWatching() ? machine.sample(usage, now) : List.of());
    }

    private ScheduledThreadPoolExecutor timer() {
        if (timer == null) {
            timer = Threads.timer("watchdog");
        }
        return timer;
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
