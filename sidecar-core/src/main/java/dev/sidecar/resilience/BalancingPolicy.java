package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/**
 * Which instance is called.
 *
 * @param hashKey what {@link BalancingStrategy#CONSISTENT_HASH} looks at: {@code path}, {@code header:<name>} or
 *     {@code cookie:<name>}. A call without it goes to any instance
 * @param zone instances with this value in their metadata {@code zone} are preferred as long as one of them takes
 *     traffic; null for no preference
 */
public record BalancingPolicy(BalancingStrategy strategy, HashKey hashKey, @Nullable String zone) {

    public static final BalancingPolicy DEFAULT =
            new BalancingPolicy(BalancingStrategy.ROUND_ROBIN, HashKey.PATH, null);
}
