package dev.sidecar.monitor;

import dev.sidecar.monitor.PressureSample.Resource;
import dev.sidecar.monitor.PressureSample.Stall;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Time in which work waited for a resource. */
final class PressureMetrics {

    private PressureMetrics() {}

    static void add(List<Metric> metrics, String name, Function<MonitorSample, @Nullable PressureSample> pressure) {
        resource(metrics, name, pressure, "cpu", PressureSample::cpu);
        resource(metrics, name, pressure, "memory", PressureSample::memory);
        resource(metrics, name, pressure, "io", PressureSample::io);
    }

    private static void resource(
            List<Metric> metrics,
            String name,
            Function<MonitorSample, @Nullable PressureSample> pressure,
            String word,
            Function<PressureSample, @Nullable Resource> resource) {
        stall(metrics, name, pressure, word, resource, "some", Resource::some);
        stall(metrics, name, pressure, word, resource, "full", Resource::full);
    }

    private static void stall(
            List<Metric> metrics,
            String name,
            Function<MonitorSample, @Nullable PressureSample> pressure,
            String word,
            Function<PressureSample, @Nullable Resource> resource,
            String kind,
            Function<Resource, @Nullable Stall> stall) {
        metrics.add(Metric.counter(
                name,
                Metric.SECONDS,
                "Time in which some or all tasks waited for a resource",
                sample -> {
                    PressureSample all = pressure.apply(sample);
                    Resource one = all == null ? null : resource.apply(all);
                    Stall waited = one == null ? null : stall.apply(one);
                    return waited == null ? null : waited.totalSeconds();
                },
                "resource",
                word,
                "kind",
                kind));
    }
}
