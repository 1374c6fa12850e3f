package dev.sidecar.autoconfigure;

import dev.sidecar.MeterReading;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.client.transport.PolledWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Where the engines run in the sidecar, what they measure is in the application's registry all the same, under the same
 * names and tags, as of ten seconds ago at most. While the sidecar is away the last numbers stand. What the application
 * measures itself under the same name and tags is left alone.
 */
final class RelayedMeters implements SmartInitializingSingleton, AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private record Key(String name, Map<String, String> tags) {}

    /** Held here, because Micrometer holds what a counter reads only weakly. */
    private static final class Relayed {

        private volatile MeterReading latest;
        private @Nullable Meter meter;

        Relayed(MeterReading first) {
            this.latest = first;
        }

        double value() {
            return latest.value();
        }

        double totalSeconds() {
            Double total = latest.totalSeconds();
            return total == null ? 0 : total;
        }
    }

    private final RemoteSidecar sidecar;
    private final ObjectProvider<MeterRegistry> application;
    private final Map<Key, Relayed> relayed = new HashMap<>();
    private final Set<PolledWatch<List<MeterReading>>> watches = ConcurrentHashMap.newKeySet();

    RelayedMeters(RemoteSidecar sidecar, ObjectProvider<MeterRegistry> application) {
        this.sidecar = sidecar;
        this.application = application;
    }

    /** Where the application has no registry nothing is asked for. */
    @Override
    public void afterSingletonsInstantiated() {
        application.ifUnique(registry -> PolledWatch.start(
                "client-meters", sidecar::meters, readings -> PAUSE, readings -> update(registry, readings), watches));
    }

    private void update(MeterRegistry registry, List<MeterReading> readings) {
        Set<Key> seen = new HashSet<>();
        for (MeterReading reading : readings) {
            Key key = new Key(reading.name(), reading.tags());
            seen.add(key);
            Relayed known = relayed.get(key);
            if (known == null) {
                known = new Relayed(reading);
                relayed.put(key, known);
                known.meter = register(registry, known);
            }
            known.latest = reading;
        }
        relayed.entrySet().removeIf(entry -> {
            Meter meter = entry.getValue().meter;
            boolean gone = !seen.contains(entry.getKey());
            if (gone && meter != null) {
                registry.remove(meter);
            }
            return gone;
        });
    }

    private static @Nullable Meter register(MeterRegistry registry, Relayed relayed) {
        MeterReading first = relayed.latest;
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> tag : first.tags().entrySet()) {
            tags = tags.and(tag.getKey(), tag.getValue());
        }
        if (registry.find(first.name()).tags(tags).meter() != null) {
            return null;
        }
        return switch (first.type()) {
            case GAUGE ->
                Gauge.builder(first.name(), relayed, Relayed::value)
                        .tags(tags)
                        .baseUnit(first.unit())
                        .description(first.description())
                        .register(registry);
            case COUNTER ->
                FunctionCounter.builder(first.name(), relayed, Relayed::value)
                        .tags(tags)
                        .baseUnit(first.unit())
                        .description(first.description())
                        .register(registry);
            case TIMER ->
                FunctionTimer.builder(
                                first.name(),
                                relayed,
                                reading -> (long) reading.value(),
                                Relayed::totalSeconds,
                                TimeUnit.SECONDS)
                        .tags(tags)
                        .description(first.description())
                        .register(registry);
        };
    }

    @Override
    public void close() {
        watches.forEach(PolledWatch::close);
    }
}
