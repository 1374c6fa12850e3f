package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/**
 * How many calls to an upstream may run at once.
 *
 * @param maxConcurrent null for no limit
 */
public record BulkheadPolicy(@Nullable Integer maxConcurrent) {

    public static final BulkheadPolicy DEFAULT = new BulkheadPolicy(null);
}
