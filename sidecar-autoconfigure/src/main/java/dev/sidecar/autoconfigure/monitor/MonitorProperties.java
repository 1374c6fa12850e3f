package dev.sidecar.autoconfigure.monitor;

import dev.sidecar.monitor.MonitorOptions;
import dev.sidecar.monitor.Threshold;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * {@code sidecar.monitor.*}. In the sidecar delivery the sidecar has its own.
 *
 * @param enabled Whether samples are taken at all.
 * @param interval Time between samples, from 1s to 1h.
 * @param thresholds Limits that are told of when crossed, by name.
 * @param otlp Metrics to an OpenTelemetry collector.
 */
@ConfigurationProperties("sidecar.monitor")
public record MonitorProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10s") Duration interval,
        @DefaultValue Map<String, Limit> thresholds,
        @DefaultValue Otlp otlp) {

    /**
     * One threshold.
     *
     * @param metric A number of GET /v1/monitor, such as app.rssBytes. Required.
     * @param above Crossed when the metric is greater: a number, a share such as 80%, or a size such as 512MB.
     * @param below Crossed when the metric is smaller.
     * @param duration How long the metric must be beyond before it counts; 0s by default.
     */
    public record Limit(
            @Nullable String metric,
            @Nullable String above,
            @Nullable String below,
            @Name("for") @Nullable Duration duration) {}

    /**
     * Metrics to an OpenTelemetry collector, beside Prometheus.
     *
     * @param endpoint URL that takes OTLP metrics over HTTP, such as http://127.0.0.1:4318/v1/metrics. Without it none
     *     are sent.
     * @param headers Headers that are sent along.
     */
    public record Otlp(@Nullable String endpoint, @DefaultValue Map<String, String> headers) {}

    /** The same for the engine. */
    public MonitorOptions toOptions() {
        return new MonitorOptions(
                enabled,
                interval,
                thresholds.entrySet().stream()
                        .map(one -> Threshold.of(
                                one.getKey(),
                                one.getValue().metric,
                                one.getValue().above,
                                one.getValue().below,
                                one.getValue().duration))
                        .toList());
    }
}
