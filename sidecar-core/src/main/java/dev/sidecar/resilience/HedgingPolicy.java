package dev.sidecar.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a slow call is sent to a second instance as well, and the first answer taken. Only calls that may safely
 * happen twice are, and each hedge is paid for from the retry budget.
 *
 * @param delay how long the first try may take before; null for no hedging
 * @param max how many at the most
 */
public record HedgingPolicy(@Nullable Duration delay, int max) {

    public static final HedgingPolicy DEFAULT = new HedgingPolicy(null, 1);
}
