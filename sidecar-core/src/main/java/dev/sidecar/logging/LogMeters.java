package dev.sidecar.logging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pipeline's counters. Each combination of tags is looked up in the registry once. */
final class LogMeters {

    private record Tags(String source, String value) {}

    private final MeterRegistry registry;
    private final Map<Tags, Counter> records = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> dropped = new ConcurrentHashMap<>();

    LogMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void accepted(String source, Severity severity) {
        records.computeIfAbsent(new Tags(source, severity.name().toLowerCase(Locale.ROOT)), tags -> Counter.builder(
                                "sidecar.logging.records")
                        .description("Records that went through the pipeline")
                        .baseUnit("records")
                        .tags("source", tags.source, "severity", tags.value)
                        .register(registry))
                .increment();
    }

    void dropped(String source, Drops.Reason reason, int count) {
        dropped.computeIfAbsent(new Tags(source, reason.tag()), tags -> Counter.builder("sidecar.logging.dropped")
                        .description("Records that a sink or the whole pipeline did not get")
                        .baseUnit("records")
                        .tags("source", tags.source, "reason", tags.value)
                        .register(registry))
                .increment(count);
    }

    void rejected(int count) {
        // A meter from the start would be there before the registries it is to be seen in.
        if (count > 0) {
            Counter.builder("sidecar.logging.rejected")
                    .description("Records whose writer was told that they were not kept")
                    .baseUnit("records")
                    .register(registry)
                    .increment(count);
        }
    }
}
