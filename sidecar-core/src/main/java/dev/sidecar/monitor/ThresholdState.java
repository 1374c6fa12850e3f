package dev.sidecar.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A threshold and how it stands.
 *
 * @param metric see {@link ThresholdMetric}
 * @param above breached when the value is greater; null where {@code below} is set
 * @param below breached when the value is smaller
 * @param duration how long the value must be beyond before it counts
 * @param value at the sample; null when it is unknown
 * @param since when the status became what it is
 */
public record ThresholdState(
        String name,
        String metric,
        @Nullable Double above,
        @Nullable Double below,
        @JsonProperty("for") Duration duration,
        Status status,
        @Nullable Double value,
        Instant since) {

    /** How a threshold stands. */
    public enum Status {
        /** On the right side of it, or not beyond it for long enough. */
        @JsonProperty("ok")
        OK,
        /** Beyond it for as long as {@code for} says. */
        @JsonProperty("breached")
        BREACHED,
        /** The value cannot be read. */
        @JsonProperty("unknown")
        UNKNOWN
    }
}
