package dev.sidecar.server.lifecycle;

import dev.sidecar.LifecycleState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The state of the pair, seen as the log record "sidecar is …" and as the metric {@code sidecar.lifecycle.state}: one
 * gauge for each state, 1 for the current one. States only move on; a restart of the application goes from ready back
 * to starting. Thread-safe.
 */
public final class PairLifecycle implements Lifecycle {

    /** Who carries out what the API asks for. */
    public interface Listener {

        void drainRequested();

        void shutdownRequested(String reason);

        /** Others know that this instance stops: takes nothing new. Done when what runs is finished, or has had its time. */
        default CompletableFuture<Void> endInbound() {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.lifecycle");

    private final Runnable draining;
    private volatile LifecycleState state = LifecycleState.STARTING;
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable String earlyShutdown;

    /**
     * Starting.
     *
     * @param draining called once, when the pair begins to drain, before any listener
     */
    public PairLifecycle(MeterRegistry meters, Runnable draining) {
        this.draining = draining;
        for (LifecycleState each : LifecycleState.values()) {
            Gauge.builder("sidecar.lifecycle.state", () -> state == each ? 1 : 0)
                    .description("1 for the state the pair of sidecar and application is in")
                    .tag("state", each.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    @Override
    public LifecycleState state() {
        return state;
    }

    @Override
    public void drain() {
        moveTo(LifecycleState.DRAINING, "a drain was requested");
        listeners.forEach(Listener::drainRequested);
    }

    @Override
    public void requestShutdown(String reason) {
        earlyShutdown = reason;
        listeners.forEach(listener -> listener.shutdownRequested(reason));
    }

    /** Takes no new requests from outside; done when those that run are finished, or have had their time. */
    public CompletableFuture<Void> endInbound() {
        return CompletableFuture.allOf(
                listeners.stream().map(Listener::endInbound).toArray(CompletableFuture[]::new));
    }

    /** Adds one; what was requested before anyone listened is told at once. */
    public void listen(Listener listener) {
        listeners.add(listener);
        if (state == LifecycleState.DRAINING) {
            listener.drainRequested();
        }
        String reason = earlyShutdown;
        if (reason != null) {
            listener.shutdownRequested(reason);
        }
    }

    /** Moves on, unless it is there already or would go back from draining, stopped or failed. */
    public void moveTo(LifecycleState next, String why) {
        if (move(next, why) && next == LifecycleState.DRAINING) {
            draining.run();
        }
    }

    private synchronized boolean move(LifecycleState next, String why) {
        LifecycleState before = state;
        boolean moves = before != next && mayMove(before, next);
        if (moves) {
            state = next;
            LOG.atLevel(next == LifecycleState.FAILED ? Level.ERROR : Level.INFO)
                    .addKeyValue("sidecar.lifecycle.from", before.name().toLowerCase(Locale.ROOT))
                    .addKeyValue("sidecar.lifecycle.to", next.name().toLowerCase(Locale.ROOT))
                    .log("sidecar is {}: {}", next.name().toLowerCase(Locale.ROOT), why);
        }
        return moves;
    }

    private static boolean mayMove(LifecycleState from, LifecycleState to) {
        return switch (from) {
            case STARTING, READY -> true;
            case DRAINING -> to == LifecycleState.STOPPED || to == LifecycleState.FAILED;
            case STOPPED, FAILED -> false;
        };
    }
}
