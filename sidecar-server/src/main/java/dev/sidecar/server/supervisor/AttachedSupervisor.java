package dev.sidecar.server.supervisor;

import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stays with an application it did not start, and so does not signal or end it. */
final class AttachedSupervisor implements PairLifecycle.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(AttachedSupervisor.class);

    /** Its end is to be seen within 200 ms. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final AttachedApp app;
    private final Duration propagation;
    private final PairLifecycle lifecycle;
    private final AppRegistration registration;
    private final LinkedBlockingQueue<String> stops = new LinkedBlockingQueue<>();

    AttachedSupervisor(AttachedApp app, Duration propagation, PairLifecycle lifecycle, AppRegistration registration) {
        this.app = app;
        this.propagation = propagation;
        this.lifecycle = lifecycle;
        this.registration = registration;
    }

    /** Signals are for us alone: the application has a parent of its own to get them from. */
    void signalled(AppSignal signal) {
        if (signal == AppSignal.TERM || signal == AppSignal.INT) {
            stops.add("SIG" + signal + " was received");
        }
    }

    @Override
    public void drainRequested() {
        registration.withdrawForGood();
    }

    @Override
    public void shutdownRequested(String reason) {
        stops.add(reason);
    }

    int run(Runnable started) {
        lifecycle.moveTo(
                LifecycleState.READY, app.isKnown() ? "attached to process " + app.pid() : "attached to a port");
        registration.begin();
        started.run();
        String stop = null;
        while (stop == null && app.isAlive()) {
            stop = await(app.isKnown() ? POLL : Duration.ofHours(1));
        }
        if (stop == null) {
            registration.withdrawForGood();
            LOG.info("process {} ended", app.pid());
        } else {
            lifecycle.moveTo(LifecycleState.DRAINING, stop);
            registration.withdrawForGood();
            await(propagation);
            lifecycle.endInbound().join();
        }
        lifecycle.moveTo(LifecycleState.STOPPED, stop == null ? "the application ended" : stop);
        return 0;
    }

    private @Nullable String await(Duration atMost) {
        try {
            return stops.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the supervisor", e);
        }
    }
}
