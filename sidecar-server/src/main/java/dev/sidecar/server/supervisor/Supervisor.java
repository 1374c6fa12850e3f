package dev.sidecar.server.supervisor;

import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.lifecycle.StartupFailure;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.WatchdogAction;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the application and shares its fate: starts it, restarts it by policy, passes signals on, ends it in order and
 * everything it started with it. {@link #run} is called once; the rest may be called from any thread.
 */
final class Supervisor implements PairLifecycle.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** What descendants that outlive the application get before they are killed. */
    private static final Duration DESCENDANTS_GRACE = Duration.ofSeconds(1);

    /** A process that hangs in the kernel cannot even be killed. */
    private static final Duration DESCENDANTS_LIMIT = Duration.ofSeconds(4);

    /** What an application gets that does not show that it lives. */
    private static final Duration NOT_ALIVE_GRACE = Duration.ofSeconds(2);

    /** What a configured signal gets to do its work, such as a core dump. */
    private static final Duration SIGNALLED = Duration.ofSeconds(1);

    private static final Set<Cause> ALIVE = EnumSet.of(Cause.MEMORY, Cause.FDS, Cause.CPU);

    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private final SupervisorProperties properties;
    private final Duration propagation;
    private final PairLifecycle lifecycle;
    private final Guardian guardian;
    private final AppRegistration registration;
    private final AppWatch watch;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    Supervisor(
            SupervisorProperties properties,
            Duration propagation,
            PairLifecycle lifecycle,
            Guardian guardian,
            AppRegistration registration,
            AppWatch watch) {
        this.properties = properties;
        this.propagation = propagation;
        this.lifecycle = lifecycle;
        this.guardian = guardian;
        this.registration = registration;
        this.watch = watch;
    }

    /** Called when a signal arrives; does not block. */
    void signalled(AppSignal signal) {
        switch (signal) {
            case TERM, INT -> events.add(new Event.Stop(signal, "SIG" + signal + " was received"));
            case HUP, USR1, USR2, WINCH -> guardian.signalApp(signal);
            case KILL, ABRT, QUIT -> throw new IllegalArgumentException(signal + " is not caught");
        }
    }

    @Override
    public void drainRequested() {
        registration.withdrawForGood();
    }

    @Override
    public void shutdownRequested(String reason) {
        events.add(new Event.Stop(AppSignal.TERM, reason));
    }

    /**
     * Runs the application until the pair is to end.
     *
     * @param environment asked for at each start
     * @param started called when the application was started for the first time
     * @return the exit code of this process
     */
    int run(AppCommand command, Supplier<Map<String, String>> environment, AppOutput output, Runnable started) {
        Backoff backoff = new Backoff(
                new Backoff.Settings(
                        properties.backoff().first(),
                        properties.backoff().max(),
                        properties.backoff().budget(),
                        properties.backoff().stable()),
                () -> ThreadLocalRandom.current().nextDouble());
        Runnable announce = started;
        while (true) {
            watch.starting();
            AppProcess app = start(command, environment.get(), output);
            watch.begin(app.pid(), guardian, events::add);
            lifecycle.moveTo(LifecycleState.READY, "the application runs as process " + app.pid());
            registration.begin();
            announce.run();
            announce = () -> {};
            Ending ending = awaitEnd(app.pid());
            int code = ending.code();
            watch.end();
            registration.withdraw();
            Duration uptime = app.uptime();
            LOG.info("the application ended with {} after {} ms", code, uptime.toMillis());
            endDescendants();
            app.drain(DRAIN);
            watch.gone();
            if (ending.then() == Then.GIVE_UP) {
                return fail("the watchdog ended the application: " + ending.why());
            }
            boolean again = ending.then() == Then.RESTART
                    || (ending.then() == Then.AS_POLICY && properties.restart().applies(code));
            if (!again) {
                lifecycle.moveTo(LifecycleState.STOPPED, "the application ended with " + code);
                return code;
            }
            lifecycle.moveTo(LifecycleState.STARTING, "the application ended with " + code + " and is restarted");
            Optional<Duration> pause = backoff.next(uptime);
            if (pause.isEmpty()) {
                return giveUp(code);
            }
            LOG.warn("restart {} in {} ms", backoff.restarts(), pause.get().toMillis());
            if (next(pause.get()) != null) {
                lifecycle.moveTo(LifecycleState.STOPPED, "it was stopped while it waited to restart");
                return code;
            }
            watch.restarted(ending.then() == Then.RESTART ? "" : "the application ended with " + code);
        }
    }

    /** What comes after the application's end. */
    private enum Then {
        STOP,
        AS_POLICY,
        RESTART,
        GIVE_UP
    }

    private record Ending(int code, Then then, String why) {}

    private Ending awaitEnd(long pid) {
        while (true) {
            Event event = next();
            if (event instanceof Event.Exited exited) {
                return new Ending(exited.code(), Then.AS_POLICY, "");
            }
            if (event instanceof Event.Stop stop) {
                watch.end();
                return new Ending(stop(stop), Then.STOP, stop.reason());
            }
            if (event instanceof Event.Tripped tripped && tripped.pid() == pid) {
                watch.end();
                return end(tripped);
            }
        }
    }

    /** Who does not live is not given the time of who has work to finish. */
    private Ending end(Event.Tripped tripped) {
        registration.withdraw();
        Duration grace = properties.grace();
        boolean alive = ALIVE.contains(tripped.cause());
        Duration patience = alive || grace.compareTo(NOT_ALIVE_GRACE) < 0 ? grace : NOT_ALIVE_GRACE;
        Event event = tripped.signalled() ? next(SIGNALLED) : null;
        if (event == null) {
            guardian.signalGroup(AppSignal.TERM);
            guardian.continueGroup();
            event = next(patience);
        }
        Event.@Nullable Stop stop = null;
        while (!(event instanceof Event.Exited exited)) {
            stop = event instanceof Event.Stop asked ? asked : stop;
            guardian.signalGroup(AppSignal.KILL);
            event = next(Duration.ofSeconds(1));
        }
        if (stop != null) {
            return new Ending(exited.code(), Then.STOP, stop.reason());
        }
        Then then = tripped.action() == WatchdogAction.EXIT ? Then.GIVE_UP : Then.RESTART;
        return new Ending(exited.code(), then, tripped.detail());
    }

    private AppProcess start(AppCommand command, Map<String, String> environment, AppOutput output) {
        try {
            AppProcess app = AppProcess.start(command, environment, output, code -> events.add(new Event.Exited(code)));
            guardian.watch(app.pid());
            return app;
        } catch (UncheckedIOException e) {
            throw new StartupFailure(ExitCodes.NOT_EXECUTABLE, String.valueOf(e.getMessage()));
        }
    }

    private int giveUp(int code) {
        String message = "the application ended " + (properties.backoff().budget() + 1)
                + " times in a row, the last time with " + code
                + "; the restart budget (sidecar.app.backoff.budget) is spent";
        return fail(message);
    }

    private int fail(String message) {
        lifecycle.moveTo(LifecycleState.FAILED, message);
        System.err.println("sidecar: " + message);
        return ExitCodes.UNAVAILABLE;
    }

    /** Returns the application's exit code. */
    private int stop(Event.Stop first) {
        lifecycle.moveTo(LifecycleState.DRAINING, first.reason());
        registration.withdrawForGood();
        Event event = next(propagation);
        if (event == null) {
            event = awaitInboundEnd();
        }
        if (event == null) {
            event = endGently(first.signal());
        }
        while (!(event instanceof Event.Exited exited)) {
            // Whoever asks a second time, or an application that outstays its grace.
            guardian.signalGroup(AppSignal.KILL);
            event = next(Duration.ofSeconds(1));
        }
        return exited.code();
    }

    /** Requests that came in through us are finished before the application is told to end. */
    private @Nullable Event awaitInboundEnd() {
        CompletableFuture<Void> ended = lifecycle.endInbound();
        if (ended.isDone()) {
            return null;
        }
        ended.whenComplete((done, failure) -> events.add(new Event.InboundEnded()));
        Event event = next();
        while (event instanceof Event.Tripped) {
            event = next();
        }
        return event instanceof Event.InboundEnded ? null : event;
    }

    /** An interrupt is what a terminal would have sent; who does not heed it may heed TERM. */
    private @Nullable Event endGently(AppSignal signal) {
        Duration patience = properties.grace();
        if (signal == AppSignal.INT) {
            patience = patience.dividedBy(2);
            guardian.signalGroup(AppSignal.INT);
            Event event = next(patience);
            if (event != null) {
                return event;
            }
        }
        guardian.signalGroup(AppSignal.TERM);
        guardian.continueGroup();
        return next(patience);
    }

    private Event next() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the supervisor", e);
        }
    }

    /** The next event, null when none came in time; what the watchdog wants of who is ending is past. */
    private @Nullable Event next(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            Event event;
            do {
                event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } while (event instanceof Event.Tripped || event instanceof Event.InboundEnded);
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the supervisor", e);
        }
    }

    private void endDescendants() {
        if (guardian.signalFamily(AppSignal.TERM) > 0) {
            long began = System.nanoTime();
            while (guardian.familySize() > 0 && since(began).compareTo(DESCENDANTS_LIMIT) < 0) {
                pause();
                if (since(began).compareTo(DESCENDANTS_GRACE) > 0) {
                    guardian.signalFamily(AppSignal.KILL);
                }
            }
        }
        guardian.forget();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
