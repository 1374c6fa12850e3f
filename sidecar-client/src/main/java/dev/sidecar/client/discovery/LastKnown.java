package dev.sidecar.client.discovery;

import dev.sidecar.client.transport.Availability;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.discovery.ServiceList;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists that were read last, for when the sidecar is away. Thread-safe. */
final class LastKnown {

    private static final int MAX_SERVICES = 1024;

    private final Availability availability;
    private final Map<String, ServiceInstances> instances = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ServiceInstances> eldest) {
            return size() > MAX_SERVICES;
        }
    };
    private ServiceList services = new ServiceList(List.of(), null);

    LastKnown(Availability availability) {
        this.availability = availability;
    }

    synchronized ServiceList keep(ServiceList list) {
        services = list;
        return list;
    }

    synchronized ServiceInstances keep(ServiceInstances list) {
        instances.put(list.service(), list);
        return list;
    }

    synchronized ServiceList services() {
        return new ServiceList(services.services(), staleSince());
    }

    /** An empty list with index 0 where nothing is known. */
    synchronized ServiceInstances instances(String service) {
        ServiceInstances known = instances.get(service);
        return known == null
                ? new ServiceInstances(service, 0, List.of(), staleSince())
                : new ServiceInstances(service, known.index(), known.instances(), staleSince());
    }

    /** The sidecar may be back since the call failed: stale the list is all the same. */
    private Instant staleSince() {
        Instant since = availability.since();
        return since == null ? Instant.now() : since;
    }
}
