package dev.sidecar.resilience;

/**
 * Finds out how many calls at once an upstream takes before it only queues them, and refuses the rest.
 *
 * @param initial where it begins
 * @param min never fewer
 * @param max never more
 */
public record ConcurrencyLimitPolicy(boolean enabled, int initial, int min, int max) {

    public static final ConcurrencyLimitPolicy DEFAULT = new ConcurrencyLimitPolicy(false, 20, 4, 1000);
}
