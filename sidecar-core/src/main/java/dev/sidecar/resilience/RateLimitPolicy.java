package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/**
 * A token bucket over the calls to an upstream.
 *
 * @param perSecond how many a second; null for no limit
 * @param burst how many at once after a pause; null for as many as a second has, at least 1
 */
public record RateLimitPolicy(@Nullable Double perSecond, @Nullable Integer burst) {

    public static final RateLimitPolicy DEFAULT = new RateLimitPolicy(null, null);
}
