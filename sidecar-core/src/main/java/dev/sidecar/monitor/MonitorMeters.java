package dev.sidecar.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Samples as meters. A meter comes with the first sample that has its number; reading it reads the newest sample and
 * never the system. Thread-safe.
 */
public final class MonitorMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Map<String, Meter> meters = new HashMap<>();
    private final Set<String> devices = new HashSet<>();

    /** Held here because Micrometer holds what a counter reads only weakly, and a counter without it stands still. */
    private final Map<String, Reader> readers = new HashMap<>();

    private volatile @Nullable MonitorSample latest;
    private boolean closed;

    public MonitorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes this the sample that meters show. */
    public synchronized void update(MonitorSample sample) {
        if (closed) {
            return;
        }
        latest = sample;
        Set<String> seen = new HashSet<>();
        for (Metric metric : metrics(sample)) {
            String key = metric.key();
            if (metric.device()) {
                seen.add(key);
            }
            if (!meters.containsKey(key) && metric.value().apply(sample) != null) {
                meters.put(key, register(metric));
                if (metric.device()) {
                    devices.add(key);
                }
            }
        }
        devices.removeIf(key -> {
            boolean gone = !seen.contains(key);
            Meter meter = gone ? meters.remove(key) : null;
            if (gone) {
                readers.remove(key);
            }
            if (meter != null) {
                registry.remove(meter);
            }
            return gone;
        });
    }

    private static List<Metric> metrics(MonitorSample sample) {
        List<Metric> metrics = new ArrayList<>();
        HostMetrics.add(metrics, sample);
        ContainerMetrics.add(metrics);
        ProcessMetrics.add(metrics);
        sample.thresholds()
                .forEach(state -> metrics.add(Metric.gauge(
                        "sidecar.monitor.threshold",
                        "",
                        "1 while the threshold is breached, else 0",
                        s -> breached(s, state.name()),
                        "threshold",
                        state.name())));
        return metrics;
    }

    private static int breached(MonitorSample sample, String name) {
        return sample.thresholds().stream()
                        .anyMatch(
                                state -> state.name().equals(name) && state.status() == ThresholdState.Status.BREACHED)
                ? 1
                : 0;
    }

    private Meter register(Metric metric) {
        Reader reader = new Reader(metric.value());
        readers.put(metric.key(), reader);
        return metric.counts()
                ? FunctionCounter.builder(metric.name(), reader, Reader::count)
                        .description(metric.description())
                        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                        .tags(metric.tags())
                        .register(registry)
                : Gauge.builder(metric.name(), reader, Reader::value)
                        .description(metric.description())
                        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                        .tags(metric.tags())
                        .strongReference(true)
                        .register(registry);
    }

    /** A number of the newest sample. */
    private final class Reader {

        private final Function<MonitorSample, @Nullable Number> value;
        private volatile double last;

        Reader(Function<MonitorSample, @Nullable Number> value) {
            this.value = value;
        }

        double value() {
            MonitorSample sample = latest;
            Number number = sample == null ? null : value.apply(sample);
            return number == null ? Double.NaN : number.doubleValue();
        }

        /** While it is unknown a counter stays where it was. */
        double count() {
            double now = value();
            last = Double.isNaN(now) ? last : now;
            return last;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        meters.values().forEach(registry::remove);
        meters.clear();
        readers.clear();
        latest = null;
    }
}
