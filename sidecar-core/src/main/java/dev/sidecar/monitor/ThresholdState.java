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

    /** For people: what is breached, or is so no longer, and by how much. */
    public String describe() {
        String limit = above != null ? "above " + plain(above) : "below " + plain(below);
        return "threshold " + name + (status == Status.BREACHED ? " is breached: " : " is no longer breached: ")
                + metric + " is " + plain(value) + ", the limit is " + limit;
    }

    private static String plain(@Nullable Double number) {
        if (number == null) {
            return "unknown";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : Double.toString(Math.round(number * 1000) / 1000.0);
    }
}
