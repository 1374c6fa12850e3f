package dev.sidecar.server.proxy;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts a second attempt beside one that takes long, and settles which of the two counts. One for each attempt. */
final class Hedging {

    private final Forwarding owner;
    private final LoopState state;
    private final Exchange exchange;
    private final Route route;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Hedge hedge;

    Hedging(Forwarding owner, LoopState state, Exchange exchange, Route route, long delayNanos) {
        this.owner = owner;
        this.state = state;
        this.exchange = exchange;
        this.route = route;
        this.timer = state.loop.schedule(this::begin, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void begin() {
        timer = null;
        Target target = owner.awaitsHead() ? route.hedge(exchange) : null;
        if (target != null) {
            exchange.attempts++;
            Hedge beside = new Hedge(owner, this, target);
            hedge = beside;
            beside.start(state.pool, route.limits().connectNanos());
        }
    }

    /** Whether the second attempt may still answer. */
    boolean running() {
        return hedge != null;
    }

    /** Of the two, the second one is the exchange's from now on. */
    void won(Hedge winner) {
        hedge = null;
        route.hedgeWon(exchange);
        exchange.target = winner.target;
        exchange.attemptAt = winner.startedAt;
        exchange.connectedAt = winner.startedAt;
        exchange.requestSentAt = winner.startedAt;
    }

    /** The second attempt came to nothing. */
    void failed(String reason) {
        Hedge lost = hedge;
        if (lost == null) {
            return;
        }
        if (owner.tries()) {
            hedge = null;
            route.hedgeLost(exchange);
        } else {
            won(lost);
            owner.attemptFailed(reason, true);
        }
    }

    /** It is not wanted any more. */
    void drop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        Hedge lost = hedge;
        hedge = null;
        if (lost != null) {
            lost.drop();
            route.hedgeLost(exchange);
        }
    }
}
