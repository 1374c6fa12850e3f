package dev.sidecar.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An upstream under a clock that only the test moves, and no chance: a roll is always in the middle. */
final class Neighbour {

    private long now = 1;
    double roll = 0.5;
    final Upstream upstream;

    Neighbour(ResiliencePolicy policy, int instances) {
        upstream = new Upstream(
                "inventory", "inventory", policy, () -> now, () -> roll, () -> Instant.EPOCH.plusNanos(now));
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            all.add(instance("i" + i, null));
        }
        upstream.instances(all, instances > 0);
    }

    static Instance instance(String id, @Nullable String zone) {
        return new Instance(id, "127.0.0.1", 1000 + id.charAt(id.length() - 1), false, zone);
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    Call get() {
        return upstream.call("GET", false, null);
    }

    /** One whole call whose tries are answered as the map says, by instance; returns the last status or reason. */
    String exchange(Map<String, Integer> statuses) {
        Call call = get();
        try {
            Attempt attempt = call.next();
            while (attempt != null) {
                int status = statuses.getOrDefault(attempt.instance().id(), 200);
                long pause = attempt.answered(status, null);
                attempt.end();
                if (pause < 0) {
                    return Integer.toString(status);
                }
                now += pause;
                attempt = call.next();
            }
            return String.valueOf(call.refusal().code());
        } finally {
            call.end();
        }
    }

    /** One try and no more, answered so; returns the id of the instance, or why there was none. */
    String tryOnce(int status) {
        Call call = get();
        Attempt attempt = call.next();
        if (attempt == null) {
            call.end();
            return call.refusal().code();
        }
        attempt.answered(status, null);
        attempt.end();
        call.end();
        return attempt.instance().id();
    }

    static ResiliencePolicy policy(UnaryOperator<Parts> change) {
        return change.apply(new Parts()).build();
    }

    /** The default policy with something else in it. */
    static final class Parts {
        Duration timeout = ResiliencePolicy.DEFAULT.timeout();
        Duration tryTimeout;
        RetryPolicy retries = new RetryPolicy(
                0,
                Percent.of(20),
                RetryPolicy.DEFAULT.on(),
                RetryPolicy.DEFAULT.statuses(),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));
        HedgingPolicy hedging = HedgingPolicy.DEFAULT;
        CircuitBreakerPolicy breaker =
                new CircuitBreakerPolicy(false, Percent.of(50), 10, 10, Duration.ofSeconds(5), 2);
        OutlierEjectionPolicy outliers =
                new OutlierEjectionPolicy(false, 3, Duration.ofSeconds(10), Duration.ofSeconds(25), Percent.of(50));
        ConcurrencyLimitPolicy concurrency = ConcurrencyLimitPolicy.DEFAULT;
        RateLimitPolicy rate = RateLimitPolicy.DEFAULT;
        BulkheadPolicy bulkhead = BulkheadPolicy.DEFAULT;
        BalancingPolicy balancing = BalancingPolicy.DEFAULT;

        Parts retries(int max) {
            retries = new RetryPolicy(
                    max, retries.budget(), retries.on(), retries.statuses(), retries.backoff(), retries.maxBackoff());
            return this;
        }

        Parts breaker() {
            breaker = new CircuitBreakerPolicy(
                    true,
                    breaker.failureRate(),
                    breaker.window(),
                    breaker.minimumCalls(),
                    breaker.openFor(),
                    breaker.halfOpenCalls());
            return this;
        }

        Parts outliers() {
            outliers = new OutlierEjectionPolicy(
                    true,
                    outliers.consecutiveFailures(),
                    outliers.ejectFor(),
                    outliers.maxEjectFor(),
                    outliers.maxEjected());
            return this;
        }

        Parts balancing(BalancingStrategy strategy, @Nullable String zone) {
            balancing = new BalancingPolicy(strategy, HashKey.PATH, zone);
            return this;
        }

        ResiliencePolicy build() {
            return new ResiliencePolicy(
                    timeout,
                    tryTimeout,
                    Duration.ofSeconds(1),
                    retries,
                    hedging,
                    breaker,
                    outliers,
                    concurrency,
                    rate,
                    bulkhead,
                    balancing);
        }
    }
}
