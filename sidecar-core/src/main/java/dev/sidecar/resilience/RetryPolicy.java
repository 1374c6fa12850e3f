package dev.sidecar.resilience;

import java.time.Duration;
import java.util.Set;

/**
 * When a call is tried again. Only calls that may safely happen twice are: idempotent methods (RFC 9110, 9.2.2) and
 * those with an {@code Idempotency-Key}.
 *
 * @param max tries after the first; 0 for none
 * @param budget retries and hedges as a share of calls, counted over the life of the upstream with ten in reserve, so
 *     that an outage is not made worse by retrying
 * @param on failures without an answer that are tried again
 * @param statuses answers that are tried again
 * @param backoff the pause before try n is random between 0 and backoff × 2ⁿ⁻¹ (full jitter)
 * @param maxBackoff the pause is never chosen from more than this. A {@code Retry-After} counts all the same
 */
public record RetryPolicy(
        int max, Percent budget, Set<RetryCondition> on, Set<Integer> statuses, Duration backoff, Duration maxBackoff) {

    public static final RetryPolicy DEFAULT = new RetryPolicy(
            1,
            Percent.of(20),
            Set.of(RetryCondition.values()),
            Set.of(502, 503, 504),
            Duration.ofMillis(25),
            Duration.ofSeconds(1));

    public RetryPolicy {
        on = Set.copyOf(on);
        statuses = Set.copyOf(statuses);
    }
}
