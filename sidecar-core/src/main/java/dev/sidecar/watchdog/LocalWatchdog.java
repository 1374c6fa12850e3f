package dev.sidecar.watchdog;

import dev.sidecar.LocalContext;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.health.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one process: this one, or the one that a supervisor hands over with {@link #guard}. Until then, and where
 * nothing is demanded, it only counts what it is told and has no thread.
 */
public final class LocalWatchdog implements Watchdog, AutoCloseable {

    private static final int LONGEST_STATUS = 1024;

    private final WatchdogOptions options;
    private final WatchdogMachine machine;
    private final WatchdogTimer timer;
    private final Response response;
    private final Signs signs;
    private final WatchdogMeters meters;
    private final EventLog events;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AtomicLong heartbeats = new AtomicLong();
    private volatile @Nullable Instant lastHeartbeat;
    private volatile long restarts;
    private @Nullable Subscription liveness;

    LocalWatchdog(LocalContext context, WatchdogOptions options, Health health, Clock clock, LongSupplier nanos) {
        this.options = options;
        this.clock = clock;
        this.nanos = nanos;
        this.machine = new WatchdogMachine(options);
        this.events = new EventLog(clock);
        this.meters = new WatchdogMeters(context.meters(), this::isTripped);
        this.signs = new Signs(health, options);
        this.response = new Response(options, events, meters, signs);
        this.timer = new WatchdogTimer(options, this::tell);
    }

    /** Ready to guard. */
    public static LocalWatchdog start(LocalContext context, WatchdogOptions options, Health health) {
        return new LocalWatchdog(context, options, health, Clock.systemUTC(), System::nanoTime);
    }

    public WatchdogOptions options() {
        return options;
    }

    /** From now on this process is watched, and no other. No effect where the watchdog is off. */
    public void guard(Watched process) {
        if (!options.enabled()) {
            return;
        }
        synchronized (machine) {
            machine.begin(process.pid(), nanos.getAsLong());
            response.begin(process);
            timer.begin(process);
            if (options.liveness() && process.isSupervised() && liveness == null) {
                liveness = signs.onLiveness(dead -> tell((machine, now) -> dead == null
                        ? machine.recovered("", Cause.LIVENESS, "the checks of the group live pass again")
                        : machine.trouble("", Cause.LIVENESS, dead)));
            }
            arm();
        }
    }

    /** Guards this very process, with what can be seen from inside. */
    public void guardThisProcess() {
        guard(new OwnProcess());
        if (options.enabled() && options.deadlocks()) {
            timer.watchDeadlocks();
        }
    }

    /** The process that was guarded is ending, or has ended: silence is no trouble any more. */
    public void release() {
        synchronized (machine) {
            machine.end();
            timer.end();
            response.end();
            if (liveness != null) {
                liveness.close();
                liveness = null;
            }
        }
    }

    /** The application was started again. */
    public void restarted(String why) {
        restarts++;
        meters.restart();
        if (!why.isEmpty()) {
            events.add(Cause.EXIT, WatchdogAction.RESTART, why);
        }
    }

    /**
     * Keeps what somebody else noticed, and logged, among the events; nothing more is done about it.
     *
     * @param over whether it is the end of a trouble
     */
    public void note(Cause cause, boolean over, String detail) {
        if (!options.enabled()) {
            return;
        }
        events.add(cause, over ? null : WatchdogAction.LOG, detail);
        if (!over) {
            meters.event(cause, WatchdogAction.LOG);
        }
    }

    /** What the application says of itself, however it came. */
    public void accept(Notice notice) {
        if (!options.enabled()) {
            return;
        }
        if (notice instanceof Notice.Heartbeat) {
            heartbeats.incrementAndGet();
            lastHeartbeat = clock.instant();
            meters.heartbeat();
        }
        if (notice instanceof Notice.Phase said) {
            signs.phase(said.phase());
        }
        tell((machine, now) -> machine.accept(notice, now));
    }

    /**
     * Gives an executor (an event loop, a thread pool) something to run at least every half of the deadline; not to
     * have run it within the deadline is a stall.
     *
     * @param name tells it from others, in the log and in the events
     * @return ends the watch
     */
    public Subscription watch(String name, Executor executor, Duration deadline) {
        return options.enabled() ? timer.watch(name, executor, deadline) : () -> {};
    }

    @Override
    public WatchdogReport heartbeat(@Nullable String status) {
        if (!options.enabled()) {
            throw new SidecarException(Problem.of(
                    409,
                    "watchdog-disabled",
                    "sidecar.watchdog.enabled: is false, so nobody listens to heartbeats; set it to true"));
        }
        if (status != null && status.length() > LONGEST_STATUS) {
            throw SidecarException.invalid(
                    "invalid-heartbeat",
                    "status: has " + status.length() + " characters; give at most " + LONGEST_STATUS);
        }
        if (status != null) {
            accept(new Notice.Status(status));
        }
        accept(new Notice.Heartbeat());
        return report();
    }

    @Override
    public WatchdogReport report() {
        synchronized (machine) {
            long now = nanos.getAsLong();
            return new WatchdogReport(
                    state(),
                    options.action(),
                    restarts,
                    machine.app(),
                    new HeartbeatReport(machine.timeoutMs(), heartbeats.get(), lastHeartbeat, machine.dueInMs(now)),
                    machine.ceilings(now),
                    events.latest());
        }
    }

    private WatchdogState state() {
        if (!options.enabled()) {
            return WatchdogState.OFF;
        }
        if (!machine.isWatching()) {
            return WatchdogState.IDLE;
        }
        return machine.isTroubled() ? WatchdogState.TRIPPED : WatchdogState.WATCHING;
    }

    private boolean isTripped() {
        synchronized (machine) {
            return machine.isTroubled();
        }
    }

    /** Asks the machine, and does what follows from its answer. */
    void tell(Question question) {
        synchronized (machine) {
            List<Finding> findings = question.ask(machine, nanos.getAsLong());
            findings.forEach(finding -> response.to(finding, machine.isTroubled(), machine.pid()));
            arm();
        }
    }

    private void arm() {
        timer.arm(machine.nextCheck(nanos.getAsLong()));
    }

    /** Something that is told to or asked of the machine. */
    @FunctionalInterface
    interface Question {

        List<Finding> ask(WatchdogMachine machine, long now);
    }

    @Override
    public void close() {
        release();
        timer.close();
        response.close();
        meters.close();
    }
}
