package dev.sidecar.server.offload;

import dev.sidecar.LifecycleState;
import dev.sidecar.Problem;
import dev.sidecar.Subscription;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.server.lifecycle.Lifecycle;
import dev.sidecar.server.proxy.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests may go to the application: from its first readiness to the end of the drain, and not while it says
 * that it is not ready. Thread-safe.
 */
final class ReadinessGate implements AutoCloseable {

    private static final Answer NOT_READY = notReady("its readiness checks do not pass");
    private static final Answer STARTING = notReady("it is being started");
    private static final Answer DRAINING =
            Answer.of(Problem.of(503, "draining", "this instance takes no new requests; another one does")
                    .retryAfter(1));

    private final Lifecycle lifecycle;
    private final Subscription watched;
    private volatile boolean ready;
    private volatile boolean draining;

    ReadinessGate(Lifecycle lifecycle, Health health) {
        this.lifecycle = lifecycle;
        this.watched = health.watch(report -> observe(health));
    }

    private void observe(Health health) {
        // Whoever drains is out of service for those who choose an instance, and still serves.
        if (lifecycle.state() != LifecycleState.DRAINING) {
            HealthStatus status = health.report(HealthGroup.READY).status();
            ready = status == HealthStatus.UP || status == HealthStatus.DEGRADED;
        }
    }

    static Answer notReady(String why) {
        return Answer.of(Problem.of(503, "app-not-ready", "the application is not ready: " + why)
                .retryAfter(1));
    }

    /** From now on nothing is let through. */
    void drain() {
        draining = true;
    }

    /** Why nothing at all is answered any more, else null. */
    @Nullable
    Answer closed() {
        return draining ? DRAINING : null;
    }

    /** Why the application gets no request now, else null. */
    @Nullable
    Answer refusal() {
        LifecycleState state = lifecycle.state();
        if (state == LifecycleState.STARTING) {
            return STARTING;
        }
        return ready ? null : NOT_READY;
    }

    @Override
    public void close() {
        watched.close();
    }
}
