package dev.sidecar.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code sidecar.health.*}. A status is its place in {@link HealthStatus}: 0 DOWN, 1 OUT_OF_SERVICE, 2 UNKNOWN,
 * 3 DEGRADED, 4 UP; so what serves is above 2.
 */
final class HealthMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Set<Meter.Id> own = ConcurrentHashMap.newKeySet();

    HealthMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The status of a group, or of all checks where it is null. */
    void group(@Nullable HealthGroup group, Supplier<HealthStatus> status) {
        String name = group == null ? "all" : group.name().toLowerCase(Locale.ROOT);
        gauge("sidecar.health.status", "The worst of the group's checks", Tags.of("group", name), status);
    }

    void check(String check, Supplier<HealthStatus> status) {
        gauge("sidecar.health.check.status", "The status of one check", Tags.of("check", check), status);
    }

    RunMeter runs(String check) {
        return (outcome, took) -> {
            Timer timer = Timer.builder("sidecar.health.check.duration")
                    .description("How long the runs of a check took")
                    .tags("check", check, "outcome", outcome)
                    .register(registry);
            own.add(timer.getId());
            timer.record(took);
        };
    }

    void remove(String check) {
        drop(own.stream().filter(id -> check.equals(id.getTag("check"))).toList());
    }

    @Override
    public void close() {
        drop(List.copyOf(own));
    }

    private void gauge(String name, String description, Tags tags, Supplier<HealthStatus> status) {
        Gauge gauge = Gauge.builder(name, () -> status.get().ordinal())
                .description(description)
                .tags(tags)
                .register(registry);
        own.add(gauge.getId());
    }

    private void drop(List<Meter.Id> ids) {
        ids.forEach(registry::remove);
        own.removeAll(Set.copyOf(ids));
    }
}
