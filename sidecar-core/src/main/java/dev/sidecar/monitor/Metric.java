package dev.sidecar.monitor;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A number of a sample as a meter, with the name that OpenTelemetry's semantic conventions give it where they do.
 *
 * @param unit in Micrometer's words; it becomes a part of the name in Prometheus
 * @param counts whether it only grows
 * @param tags keys and values in turn
 * @param device whether it is gone when a sample does not have it
 * @param value null when it is unknown
 */
record Metric(
        String name,
        String unit,
        boolean counts,
        String description,
        String[] tags,
        boolean device,
        Function<MonitorSample, @Nullable Number> value) {

    static final String BYTES = "bytes";
    static final String SECONDS = "seconds";
    static final String RATIO = "ratio";

    static Metric gauge(
            String name,
            String unit,
            String description,
            Function<MonitorSample, @Nullable Number> value,
            String... tags) {
        return new Metric(name, unit, false, description, tags, false, value);
    }

    static Metric counter(
            String name,
            String unit,
            String description,
            Function<MonitorSample, @Nullable Number> value,
            String... tags) {
        return new Metric(name, unit, true, description, tags, false, value);
    }

    Metric ofDevice() {
        return new Metric(name, unit, counts, description, tags, true, value);
    }

    /** Tells meters apart. */
    String key() {
        return name + '|' + String.join("|", tags);
    }
}
