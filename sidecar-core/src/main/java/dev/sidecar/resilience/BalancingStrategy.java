package dev.sidecar.resilience;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How one of several instances is chosen. */
public enum BalancingStrategy {
    /** One after the other. */
    ROUND_ROBIN,
    /** The one with the fewest calls under way. */
    LEAST_REQUEST,
    /** Of two at random the one with the lower moving average of latency, peaks counted at once, times its load. */
    PEAK_EWMA,
    /** The same key goes to the same instance as long as it is there (rendezvous hashing). */
    CONSISTENT_HASH;

    /** As in a configuration file. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
