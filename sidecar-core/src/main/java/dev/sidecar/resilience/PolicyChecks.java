package dev.sidecar.resilience;

import dev.sidecar.json.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses policies that cannot work, in the words of the properties they come from. */
final class PolicyChecks {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final String prefix;

    private PolicyChecks(String prefix) {
        this.prefix = prefix;
    }

    static void check(String prefix, ResiliencePolicy policy) {
        new PolicyChecks(prefix).policy(policy);
    }

    private void policy(ResiliencePolicy p) {
        duration("timeout", p.timeout());
        duration("try-timeout", p.tryTimeout());
        duration("connect-timeout", p.connectTimeout());
        RetryPolicy retries = p.retries();
        number("retries.max", retries.max(), 0, 10);
        retries.statuses().forEach(status -> number("retries.statuses", status, 400, 599));
        duration("retries.backoff", retries.backoff());
        duration("retries.max-backoff", retries.maxBackoff());
        duration("hedging.delay", p.hedging().delay());
        number("hedging.max", p.hedging().max(), 1, 5);
        CircuitBreakerPolicy breaker = p.circuitBreaker();
        require(
                breaker.failureRate().percent() >= 1,
                "circuit-breaker.failure-rate",
                breaker.failureRate(),
                "1% to 100%");
        number("circuit-breaker.window", breaker.window(), 1, 10_000);
        number("circuit-breaker.minimum-calls", breaker.minimumCalls(), 1, breaker.window());
        duration("circuit-breaker.open-for", breaker.openFor());
        number("circuit-breaker.half-open-calls", breaker.halfOpenCalls(), 1, 1000);
        OutlierEjectionPolicy outliers = p.outlierEjection();
        number("outlier-ejection.consecutive-failures", outliers.consecutiveFailures(), 1, 10_000);
        duration("outlier-ejection.eject-for", outliers.ejectFor());
        duration("outlier-ejection.max-eject-for", outliers.maxEjectFor());
        limits(p);
    }

    private void limits(ResiliencePolicy p) {
        ConcurrencyLimitPolicy limit = p.concurrencyLimit();
        number("concurrency-limit.min", limit.min(), 1, 100_000);
        number("concurrency-limit.max", limit.max(), limit.min(), 100_000);
        number("concurrency-limit.initial", limit.initial(), limit.min(), limit.max());
        Double rate = p.rateLimit().perSecond();
        require(
                rate == null || (rate > 0 && rate <= 1_000_000),
                "rate-limit.per-second",
                rate,
                "more than 0, at most 1000000");
        if (p.rateLimit().burst() != null) {
            number("rate-limit.burst", p.rateLimit().burst(), 1, 1_000_000);
        }
        if (p.bulkhead().maxConcurrent() != null) {
            number("bulkhead.max-concurrent", p.bulkhead().maxConcurrent(), 1, 1_000_000);
        }
    }

    private void duration(String name, @Nullable Duration value) {
        require(
                value == null || (value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0),
                name,
                value == null ? null : DurationText.format(value),
                "a duration from 1ms to 1d such as 2s");
    }

    private void number(String name, int value, int min, int max) {
        require(value >= min && value <= max, name, value, min + " to " + max);
    }

    private void require(boolean fine, String name, @Nullable Object value, String wanted) {
        if (!fine) {
            throw new IllegalArgumentException(
                    prefix + "." + name + ": '" + value + "' is not allowed; give " + wanted);
        }
    }
}
