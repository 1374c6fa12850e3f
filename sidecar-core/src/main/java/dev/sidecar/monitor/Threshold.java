package dev.sidecar.monitor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A line that a metric should not cross.
 *
 * @param name chosen by the user
 * @param above breached when the value is greater; exactly one of this and {@code below} is set
 * @param below breached when the value is smaller
 * @param duration how long the value must be beyond before it counts; zero for at once
 */
public record Threshold(
        String name, ThresholdMetric metric, @Nullable Double above, @Nullable Double below, Duration duration) {

    /**
     * From what a user wrote.
     *
     * @param metric see {@link ThresholdMetric}
     * @param above a number, a size such as {@code 512MB}, or a share such as {@code 80%}
     * @throws IllegalArgumentException that names the property, the value and the fix
     */
    public static Threshold of(
            String name,
            @Nullable String metric,
            @Nullable String above,
            @Nullable String below,
            @Nullable Duration duration) {
        String property = "sidecar.monitor.thresholds." + name;
        if ((above == null) == (below == null)) {
            throw new IllegalArgumentException(property + ": give exactly one of above and below");
        }
        ThresholdMetric known = ThresholdMetric.of(property + ".metric", metric);
        Duration time = duration == null ? Duration.ZERO : duration;
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    property + ".for: '" + time + "' is not allowed; give a duration such as 30s");
        }
        return new Threshold(
                name,
                known,
                above == null ? null : Double.valueOf(ThresholdValue.parse(property + ".above", above)),
                below == null ? null : Double.valueOf(ThresholdValue.parse(property + ".below", below)),
                time);
    }

    boolean isBeyond(double value) {
        Double most = above;
        Double least = below;
        return most != null ? value > most : least != null && value < least;
    }
}
