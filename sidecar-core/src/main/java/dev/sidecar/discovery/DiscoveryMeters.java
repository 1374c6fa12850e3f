package dev.sidecar.discovery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What discovery tells of itself. */
final class DiscoveryMeters implements AutoCloseable {

    /** Names of services come from outside, a time series for each must not be without end. */
    private static final int MAX_SERVICES = 100;

    private final MeterRegistry registry;
    private final ServiceTable table;
    private final Map<String, Meter> byService = new ConcurrentHashMap<>();
    private final List<Meter> own = new ArrayList<>();

    DiscoveryMeters(MeterRegistry registry, ServiceTable table) {
        this.registry = registry;
        this.table = table;
    }

    void bind(Supplier<Number> damaged, Supplier<Number> registrations) {
        own.add(Gauge.builder("sidecar.discovery.damaged", damaged)
                .description("Files in the registry that are ignored because they are not whole rows")
                .register(registry));
        own.add(Gauge.builder("sidecar.discovery.registrations", registrations)
                .description("Leases this process holds")
                .register(registry));
    }

    void changed(Set<String> services) {
        for (String service : services) {
            if (table.size(service) == 0) {
                Meter gone = byService.remove(service);
                if (gone != null) {
                    registry.remove(gone);
                }
            } else if (byService.size() < MAX_SERVICES) {
                byService.computeIfAbsent(service, this::gauge);
            }
        }
    }

    private Meter gauge(String service) {
        return Gauge.builder("sidecar.discovery.instances", table, t -> t.size(service))
                .description("Instances in the registry; at most " + MAX_SERVICES + " services are shown")
                .tag("service", service)
                .register(registry);
    }

    @Override
    public void close() {
        own.forEach(registry::remove);
        byService.values().forEach(registry::remove);
    }
}
