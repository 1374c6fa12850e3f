package dev.sidecar.logging;

import dev.sidecar.logging.otlp.OtlpSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** What the spool and the way to the collector are seen by. */
final class SpoolMeters {

    private final MeterRegistry registry;
    private final List<Gauge> shown = new ArrayList<>();

    SpoolMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(OtlpSink sink) {
        shown.add(
                Gauge.builder("sidecar.logging.spool.size", sink, s -> s.state().sizeBytes())
                        .description("What waits in the spool to be sent")
                        .baseUnit("bytes")
                        .register(registry));
        shown.add(
                Gauge.builder("sidecar.logging.spool.age", sink, s -> s.state().oldestAgeMs() / 1000.0)
                        .description("How long the oldest record in the spool has waited")
                        .baseUnit("seconds")
                        .register(registry));
    }

    /** A later spool of this process is not to be hidden by this one's gauges. */
    void hide() {
        shown.forEach(registry::remove);
    }

    void delivered(long records) {
        Counter.builder("sidecar.logging.delivered")
                .description("Records that the collector took")
                .baseUnit("records")
                .register(registry)
                .increment(records);
    }

    void damagedSegment() {
        Counter.builder("sidecar.logging.spool.damaged")
                .description("Segments of the spool that were found damaged and set aside")
                .baseUnit("segments")
                .register(registry)
                .increment();
    }
}
