package dev.sidecar.logging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The pipeline's counters. Each combination of tags is looked up in the registry once. */
final class LogMeters {

    private record Tags(String source, String value) {}

    private final MeterRegistry registry;
    private final Map<String, AtomicReferenceArray<Counter>> records = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> dropped = new ConcurrentHashMap<>();

    LogMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void accepted(String source, Severity severity) {
        AtomicReferenceArray<Counter> counters = records.get(source);
        if (counters == null) {
            counters = records.computeIfAbsent(source, s -> new AtomicReferenceArray<>(Severity.values().length));
        }
        Counter counter = counters.get(severity.ordinal());
        if (counter == null) {
            counter = Counter.builder("sidecar.logging.records")
                    .description("Records that went through the pipeline")
                    .baseUnit("records")
                    .tags("source", source, "severity", severity.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            counters.set(severity.ordinal(), counter);
        }
        counter.increment();
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
