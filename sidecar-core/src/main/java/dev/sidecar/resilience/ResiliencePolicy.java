package dev.sidecar.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides how one upstream is called; there is nothing beside it.
 *
 * @param timeout of the whole call, tries and pauses included, until the head of the answer
 * @param tryTimeout of one try until the head of its answer; null for what is left of the whole
 * @param connectTimeout of one connection, name resolution and TLS included
 */
public record ResiliencePolicy(
        Duration timeout,
        @Nullable Duration tryTimeout,
        Duration connectTimeout,
        RetryPolicy retries,
        HedgingPolicy hedging,
        CircuitBreakerPolicy circuitBreaker,
        OutlierEjectionPolicy outlierEjection,
        ConcurrencyLimitPolicy concurrencyLimit,
        RateLimitPolicy rateLimit,
        BulkheadPolicy bulkhead,
        BalancingPolicy balancing) {

    public static final ResiliencePolicy DEFAULT = new ResiliencePolicy(
            Duration.ofSeconds(15),
            null,
            Duration.ofSeconds(1),
            RetryPolicy.DEFAULT,
            HedgingPolicy.DEFAULT,
            CircuitBreakerPolicy.DEFAULT,
            OutlierEjectionPolicy.DEFAULT,
            ConcurrencyLimitPolicy.DEFAULT,
            RateLimitPolicy.DEFAULT,
            BulkheadPolicy.DEFAULT,
            BalancingPolicy.DEFAULT);

    /**
     * Refuses what cannot work.
     *
     * @param prefix of the properties this came from, such as {@code sidecar.resilience.defaults}
     * @throws IllegalArgumentException that names the property, the value and the fix
     */
    public ResiliencePolicy checked(String prefix) {
        PolicyChecks.check(prefix, this);
        return this;
    }
}
