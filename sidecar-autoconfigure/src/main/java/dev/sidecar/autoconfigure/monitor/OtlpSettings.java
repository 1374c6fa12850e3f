package dev.sidecar.autoconfigure.monitor;

import io.micrometer.registry.otlp.OtlpConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where and how often metrics are sent, in the words of Micrometer's exporter. */
record OtlpSettings(String endpoint, Map<String, String> headers, Duration interval, String service)
        implements OtlpConfig {

    @Override
    public @Nullable String get(String key) {
        return null;
    }

    @Override
    public String url() {
        return endpoint;
    }

    @Override
    public Duration step() {
        return interval;
    }

    @Override
    public Map<String, String> resourceAttributes() {
        return Map.of("service.name", service);
    }
}
