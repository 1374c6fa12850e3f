package dev.sidecar.resilience;

import java.time.Duration;

/**
 * When an upstream is left alone. An answer of 500 or more, or none, is a failure. The default opens only when next
 * to nothing works any more: an upstream of which half fails is still worth calling, and the retry budget bounds what
 * that costs.
 *
 * @param failureRate of the last {@code window} tries, from which it opens
 * @param window how many tries are looked back on
 * @param minimumCalls how many there must be before it opens
 * @param openFor how long nothing is tried
 * @param halfOpenCalls how many trial calls decide then
 */
public record CircuitBreakerPolicy(
        boolean enabled, Percent failureRate, int window, int minimumCalls, Duration openFor, int halfOpenCalls) {

    public static final CircuitBreakerPolicy DEFAULT =
            new CircuitBreakerPolicy(true, Percent.of(90), 100, 20, Duration.ofSeconds(5), 5);
}
