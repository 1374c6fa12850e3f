package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.BalancingPolicy;
import dev.sidecar.resilience.BalancingStrategy;
import dev.sidecar.resilience.BulkheadPolicy;
import dev.sidecar.resilience.CircuitBreakerPolicy;
import dev.sidecar.resilience.ConcurrencyLimitPolicy;
import dev.sidecar.resilience.HashKey;
import dev.sidecar.resilience.HedgingPolicy;
import dev.sidecar.resilience.OutlierEjectionPolicy;
import dev.sidecar.resilience.Percent;
import dev.sidecar.resilience.RateLimitPolicy;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.RetryCondition;
import dev.sidecar.resilience.RetryPolicy;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a policy; the rest is as it is in the policy below it.
 *
 * @param timeout Time for a whole call, tries and pauses included, until the head of the answer; 15s by default.
 * @param tryTimeout Time for one try until the head of its answer; by default what is left of the whole.
 * @param connectTimeout Time for one connection; 1s by default.
 * @param retries When a call is tried again.
 * @param hedging When a slow call is sent to a second instance as well.
 * @param circuitBreaker When an upstream is left alone.
 * @param outlierEjection When an instance is left out of balancing.
 * @param concurrencyLimit How many calls at once, found out from latency.
 * @param rateLimit How many calls a second.
 * @param bulkhead How many calls at once.
 * @param balancing Which instance is called.
 */
public record PolicyProperties(
        @Nullable Duration timeout,
        @Nullable Duration tryTimeout,
        @Nullable Duration connectTimeout,
        @Nullable Retries retries,
        @Nullable Hedging hedging,
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable OutlierEjection outlierEjection,
        @Nullable ConcurrencyLimit concurrencyLimit,
        @Nullable RateLimit rateLimit,
        @Nullable Bulkhead bulkhead,
        @Nullable Balancing balancing) {

    /**
     * {@code retries.*}.
     *
     * @param max Tries after the first; 1 by default, 0 for none.
     * @param budget Retries and hedges as a share of calls; 20% by default.
     * @param on Failures without an answer that are tried again: connect, reset, timeout; all by default.
     * @param statuses Answers that are tried again; 502, 503 and 504 by default.
     * @param backoff The first pause is random up to this, the next up to twice that; 25ms by default.
     * @param maxBackoff Most that a pause is chosen from; 1s by default.
     */
    public record Retries(
            @Nullable Integer max,
            @Nullable Percent budget,
            @Nullable Set<RetryCondition> on,
            @Nullable Set<Integer> statuses,
            @Nullable Duration backoff,
            @Nullable Duration maxBackoff) {

        RetryPolicy over(RetryPolicy base) {
            return new RetryPolicy(
                    or(max, base.max()),
                    or(budget, base.budget()),
                    or(on, base.on()),
                    or(statuses, base.statuses()),
                    or(backoff, base.backoff()),
                    or(maxBackoff, base.maxBackoff()));
        }
    }

    /**
     * {@code hedging.*}.
     *
     * @param delay How long a try may take before a second instance is asked too; off by default.
     * @param max How many more at the most; 1 by default.
     */
    public record Hedging(@Nullable Duration delay, @Nullable Integer max) {

        HedgingPolicy over(HedgingPolicy base) {
            Duration after = delay == null ? base.delay() : delay;
            return new HedgingPolicy(after, or(max, base.max()));
        }
    }

    /**
     * {@code circuit-breaker.*}.
     *
     * @param enabled Whether there is one; true by default.
     * @param failureRate Share of failures from which it opens; 90% by default.
     * @param window How many tries are looked back on; 100 by default.
     * @param minimumCalls How many there must be before it opens; 20 by default.
     * @param openFor How long nothing is tried; 5s by default.
     * @param halfOpenCalls How many trial calls decide then; 5 by default.
     */
    public record CircuitBreaker(
            @Nullable Boolean enabled,
            @Nullable Percent failureRate,
            @Nullable Integer window,
            @Nullable Integer minimumCalls,
            @Nullable Duration openFor,
            @Nullable Integer halfOpenCalls) {

        CircuitBreakerPolicy over(CircuitBreakerPolicy base) {
            return new CircuitBreakerPolicy(
                    or(enabled, base.enabled()),
                    or(failureRate, base.failureRate()),
                    or(window, base.window()),
                    or(minimumCalls, base.minimumCalls()),
                    or(openFor, base.openFor()),
                    or(halfOpenCalls, base.halfOpenCalls()));
        }
    }

    /**
     * {@code outlier-ejection.*}.
     *
     * @param enabled Whether instances are ejected; true by default.
     * @param consecutiveFailures How many failures in a row eject one; 5 by default.
     * @param ejectFor How long, times how often in a row; 10s by default.
     * @param maxEjectFor How long at the most; 5m by default.
     * @param maxEjected Share of instances that may be ejected at once; 50% by default.
     */
    public record OutlierEjection(
            @Nullable Boolean enabled,
            @Nullable Integer consecutiveFailures,
            @Nullable Duration ejectFor,
            @Nullable Duration maxEjectFor,
            @Nullable Percent maxEjected) {

        OutlierEjectionPolicy over(OutlierEjectionPolicy base) {
            return new OutlierEjectionPolicy(
                    or(enabled, base.enabled()),
                    or(consecutiveFailures, base.consecutiveFailures()),
                    or(ejectFor, base.ejectFor()),
                    or(maxEjectFor, base.maxEjectFor()),
                    or(maxEjected, base.maxEjected()));
        }
    }

    /**
     * {@code concurrency-limit.*}.
     *
     * @param enabled Whether there is one; false by default.
     * @param initial Where it begins; 20 by default.
     * @param min Never fewer; 4 by default.
     * @param max Never more; 1000 by default.
     */
    public record ConcurrencyLimit(
            @Nullable Boolean enabled, @Nullable Integer initial, @Nullable Integer min, @Nullable Integer max) {

        ConcurrencyLimitPolicy over(ConcurrencyLimitPolicy base) {
            return new ConcurrencyLimitPolicy(
                    or(enabled, base.enabled()), or(initial, base.initial()), or(min, base.min()), or(max, base.max()));
        }
    }

    /**
     * {@code rate-limit.*}.
     *
     * @param perSecond Calls a second; no limit by default.
     * @param burst Calls at once after a pause; those of a second by default.
     */
    public record RateLimit(@Nullable Double perSecond, @Nullable Integer burst) {

        RateLimitPolicy over(RateLimitPolicy base) {
            return new RateLimitPolicy(
                    perSecond == null ? base.perSecond() : perSecond, burst == null ? base.burst() : burst);
        }
    }

    /**
     * {@code bulkhead.*}.
     *
     * @param maxConcurrent Calls at once; no limit by default.
     */
    public record Bulkhead(@Nullable Integer maxConcurrent) {

        BulkheadPolicy over(BulkheadPolicy base) {
            return maxConcurrent == null ? base : new BulkheadPolicy(maxConcurrent);
        }
    }

    /**
     * {@code balancing.*}.
     *
     * @param strategy How one of several instances is chosen; round-robin by default.
     * @param hashKey What consistent-hash looks at: path, header:name or cookie:name; path by default.
     * @param zone Instances with this value in their metadata "zone" are preferred; no preference by default.
     */
    public record Balancing(@Nullable BalancingStrategy strategy, @Nullable HashKey hashKey, @Nullable String zone) {

        BalancingPolicy over(BalancingPolicy base) {
            return new BalancingPolicy(
                    or(strategy, base.strategy()), or(hashKey, base.hashKey()), zone == null ? base.zone() : zone);
        }
    }

    /** The whole policy: what is said here, and the rest from the other. */
    public ResiliencePolicy over(ResiliencePolicy base) {
        return new ResiliencePolicy(
                or(timeout, base.timeout()),
                tryTimeout == null ? base.tryTimeout() : tryTimeout,
                or(connectTimeout, base.connectTimeout()),
                retries == null ? base.retries() : retries.over(base.retries()),
                hedging == null ? base.hedging() : hedging.over(base.hedging()),
                circuitBreaker == null ? base.circuitBreaker() : circuitBreaker.over(base.circuitBreaker()),
                outlierEjection == null ? base.outlierEjection() : outlierEjection.over(base.outlierEjection()),
                concurrencyLimit == null ? base.concurrencyLimit() : concurrencyLimit.over(base.concurrencyLimit()),
                rateLimit == null ? base.rateLimit() : rateLimit.over(base.rateLimit()),
                bulkhead == null ? base.bulkhead() : bulkhead.over(base.bulkhead()),
                balancing == null ? base.balancing() : balancing.over(base.balancing()));
    }

    private static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
