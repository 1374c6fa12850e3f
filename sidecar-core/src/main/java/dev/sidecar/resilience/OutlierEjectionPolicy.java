package dev.sidecar.resilience;

import java.time.Duration;

/**
 * When an instance is left out of balancing.
 *
 * @param consecutiveFailures answers of 500 or more, or none, in a row
 * @param ejectFor how long, times how often it was ejected without recovering in between
 * @param maxEjectFor how long at the most
 * @param maxEjected share of a service's instances that may be ejected at once, rounded down
 */
public record OutlierEjectionPolicy(
        boolean enabled, int consecutiveFailures, Duration ejectFor, Duration maxEjectFor, Percent maxEjected) {

    public static final OutlierEjectionPolicy DEFAULT =
            new OutlierEjectionPolicy(true, 5, Duration.ofSeconds(10), Duration.ofMinutes(5), Percent.of(50));
}
