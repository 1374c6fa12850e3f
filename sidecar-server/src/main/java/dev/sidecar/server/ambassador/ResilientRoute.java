package dev.sidecar.server.ambassador;

import dev.sidecar.Problem;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.Failure;
import dev.sidecar.resilience.HashKey;
import dev.sidecar.resilience.Reason;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.Upstream;
import dev.sidecar.server.ambassador.RouteMaker.Definition;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Attempt;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.Pick;
import dev.sidecar.server.proxy.Reasons;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.RouteLimits;
import dev.sidecar.server.proxy.Target;
import dev.sidecar.server.proxy.Verdict;
import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseHead;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends requests where, and as often as, the engine of {@code resilience} says. */
final class ResilientRoute implements Route {

    private final Definition definition;
    private final Upstream upstream;
    private final Tls tls;
    private final RouteLimits limits;

    /** To a service that no route leads to. */
    ResilientRoute(Upstream upstream, Tls tls) {
        this(new Definition(upstream.service(), List.of(), false, null, upstream.policy()), upstream, tls);
    }

    ResilientRoute(Definition definition, Upstream upstream, Tls tls) {
        this.definition = definition;
        this.upstream = upstream;
        this.tls = tls;
        ResiliencePolicy policy = upstream.policy();
        Duration each = policy.tryTimeout();
        this.limits = RouteLimits.DEFAULT
                .timeout(policy.timeout())
                .connectTimeout(policy.connectTimeout())
                .tryTimeout(each == null ? Duration.ZERO : each);
    }

    /** What the engine knows of one exchange. */
    private static final class Tracked {
        private final Call call;
        private dev.sidecar.resilience.@Nullable Attempt attempt;
        private dev.sidecar.resilience.@Nullable Attempt hedge;

        Tracked(Call call) {
            this.call = call;
        }
    }

    @Override
    public String name() {
        return upstream.name();
    }

    Upstream upstream() {
        return upstream;
    }

    Definition definition() {
        return definition;
    }

    /** Follows nothing any longer; requests under way may end. */
    void close() {
        upstream.close();
        tls.close();
    }

    @Override
    public RouteLimits limits() {
        return limits;
    }

    @Override
    public Pick next(Exchange exchange) {
        Tracked tracked = (Tracked) exchange.attachment();
        if (tracked == null) {
            RequestHead request = exchange.request();
            boolean key = request.fields().indexOf(Field.IDEMPOTENCY_KEY) >= 0;
            tracked = new Tracked(upstream.call(request.method(), key, hashKey(request)));
            exchange.attach(tracked);
        } else if (tracked.attempt != null) {
            tracked.attempt.end();
        }
        tracked.attempt = tracked.call.next();
        if (tracked.attempt == null) {
            return new Pick.Refusal(refusal(tracked.call));
        }
        return new Pick.Instance(tls.target(tracked.attempt.instance()));
    }

    private @Nullable String hashKey(RequestHead request) {
        if (upstream.policy().balancing().strategy() != dev.sidecar.resilience.BalancingStrategy.CONSISTENT_HASH) {
            return null;
        }
        HashKey key = upstream.policy().balancing().hashKey();
        return switch (key.source()) {
            case PATH -> request.path();
            case HEADER -> request.fields().first(key.name());
            case COOKIE -> cookie(request.fields().first("cookie"), key.name());
        };
    }

    private static @Nullable String cookie(@Nullable String cookies, String name) {
        if (cookies != null) {
            for (String pair : cookies.split(";")) {
                String trimmed = pair.trim();
                if (trimmed.startsWith(name + "=")) {
                    return trimmed.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    private Answer refusal(Call call) {
        Reason reason = call.refusal() == null ? Reason.NO_INSTANCE : call.refusal();
        Problem problem = new Problem(
                reason.status(),
                reason.code(),
                reason.title(),
                reason.title() + " (route " + upstream.name() + ")",
                List.of(),
                null);
        boolean later = reason.status() == 503 || reason.status() == 429;
        return Answer.of(later ? problem.retryAfter(call.retryAfterSeconds()) : problem);
    }

    @Override
    public Verdict judge(Exchange exchange, Attempt attempt) {
        Tracked tracked = (Tracked) exchange.attachment();
        if (tracked == null || tracked.attempt == null) {
            return Verdict.DELIVER;
        }
        if (!attempt.replayable()) {
            tracked.call.notReplayable();
        }
        ResponseHead response = attempt.response();
        long pause = response != null
                ? tracked.attempt.answered(response.status(), response.fields().first(Field.RETRY_AFTER))
                : tracked.attempt.failed(failure(attempt.failure()));
        return pause == Call.NO_RETRY ? Verdict.DELIVER : Verdict.retryAfter(Duration.ofNanos(pause));
    }

    @Override
    public long hedgeDelayNanos(Exchange exchange) {
        Tracked tracked = (Tracked) exchange.attachment();
        return tracked == null ? Call.NO_RETRY : tracked.call.hedgeDelayNanos();
    }

    @Override
    public @Nullable Target hedge(Exchange exchange) {
        Tracked tracked = (Tracked) exchange.attachment();
        tracked = tracked == null || tracked.hedge != null ? null : tracked;
        dev.sidecar.resilience.Attempt second = tracked == null ? null : tracked.call.hedge();
        if (tracked == null || second == null) {
            return null;
        }
        tracked.hedge = second;
        return tls.target(second.instance());
    }

    @Override
    public void hedgeWon(Exchange exchange) {
        Tracked tracked = (Tracked) exchange.attachment();
        if (tracked != null && tracked.hedge != null) {
            if (tracked.attempt != null) {
                tracked.attempt.abandon();
            }
            tracked.attempt = tracked.hedge;
            tracked.hedge = null;
        }
    }

    @Override
    public void hedgeLost(Exchange exchange) {
        Tracked tracked = (Tracked) exchange.attachment();
        if (tracked != null && tracked.hedge != null) {
            tracked.hedge.abandon();
            tracked.hedge = null;
        }
    }

    @Override
    public void completed(Exchange exchange) {
        Tracked tracked = (Tracked) exchange.attachment();
        if (tracked == null) {
            return;
        }
        dev.sidecar.resilience.Attempt last = tracked.attempt;
        if (last != null) {
            if (exchange.headAt() > 0 && isUpstreamsFault(exchange.reason())) {
                last.failed(failure(exchange.reason()));
            }
            last.abandon();
        }
        Reason denied = tracked.call.denied();
        exchange.retryDenied(denied == null ? null : denied.code());
        tracked.call.end();
    }

    private static boolean isUpstreamsFault(@Nullable String reason) {
        return reason != null && reason.toLowerCase(Locale.ROOT).startsWith("upstream-");
    }

    private static Failure failure(@Nullable String reason) {
        if (reason == null) {
            return Failure.RESET;
        }
        return switch (reason) {
            case Reasons.CONNECT_FAILED -> Failure.CONNECT;
            case Reasons.CONNECT_TIMEOUT -> Failure.CONNECT_TIMEOUT;
            case Reasons.TIMEOUT, Reasons.UPSTREAM_STALLED -> Failure.TIMEOUT;
            case Reasons.UPSTREAM_MALFORMED -> Failure.PROTOCOL;
            case Reasons.TLS_FAILED -> Failure.TLS;
            default -> Failure.RESET;
        };
    }
}
