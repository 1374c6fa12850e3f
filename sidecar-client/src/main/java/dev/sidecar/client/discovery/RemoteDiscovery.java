package dev.sidecar.client.discovery;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.Registration;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.discovery.ServiceList;
import dev.sidecar.discovery.ServiceNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The registry, asked through the sidecar. While that is away, reads answer with the last known list and
 * {@code staleSince}; a service never asked about before has an empty one. Registering needs the sidecar.
 */
public final class RemoteDiscovery implements Discovery, AutoCloseable {

    static final String PATH = "/v1/services";
    private static final String UNKNOWN = "unknown-instance";

    /** The body of a registration; the names are in the path. */
    private record Wish(
            String address, int port, boolean secure, Map<String, String> metadata, Duration ttl, boolean healthy) {}

    private final Api api;
    private final LastKnown lastKnown;
    private final Own own = new Own();
    private final Waits waits;

    public RemoteDiscovery(Api api) {
        this.api = api;
        this.lastKnown = new LastKnown(api.transport().availability());
        this.waits = new Waits(api.transport(), lastKnown);
    }

    @Override
    public ServiceInstance register(Registration registration) {
        Wish wish = new Wish(
                registration.address(),
                registration.port(),
                registration.secure(),
                registration.metadata(),
                registration.ttl(),
                registration.healthy());
        ServiceInstance instance = api.call(
                Request.put(target(registration.service(), registration.instance()), Api.bytes(wish)),
                ServiceInstance.class);
        own.add(registration.service(), registration.instance());
        return instance;
    }

    @Override
    public boolean deregister(String service, String instance) {
        boolean known = api.delete(target(service, instance), UNKNOWN);
        own.remove(service, instance);
        return known;
    }

    private static String target(String service, String instance) {
        return Target.of(PATH)
                .segment(ServiceNames.check("service", service))
                .segment("instances")
                .segment(ServiceNames.check("instance", instance))
                .toString();
    }

    @Override
    public ServiceList services() {
        if (availability().hangs()) {
            return lastKnown.services();
        }
        try {
            return lastKnown.keep(Pages.services(api));
        } catch (SidecarUnavailableException e) {
            return lastKnown.services();
        }
    }

    @Override
    public ServiceInstances instances(String service) {
        ServiceNames.check("service", service);
        if (availability().hangs()) {
            return lastKnown.instances(service);
        }
        try {
            return lastKnown.keep(Pages.instances(api.transport()::exchange, service, null, Duration.ZERO));
        } catch (SidecarUnavailableException e) {
            return lastKnown.instances(service);
        }
    }

    private Availability availability() {
        return api.transport().availability();
    }

    /** While the sidecar is away it is waited for too; after that the last known list is the answer. */
    @Override
    public CompletableFuture<ServiceInstances> changed(String service, long index, Duration wait) {
        ServiceNames.check("service", service);
        return waits.changed(service, index, wait);
    }

    /** A listener that was told of a list with {@code staleSince} hears of the fresh one as soon as there is one. */
    @Override
    public Subscription watch(String service, Consumer<ServiceInstances> listener) {
        ServiceNames.check("service", service);
        return waits.watch(service, listener);
    }

    /** Withdraws what was registered through this, where the sidecar answers. */
    @Override
    public void close() {
        waits.close();
        if (availability().since() == null) {
            own.each((service, instance) -> {
                try {
                    deregister(service, instance);
                } catch (SidecarException e) {
                    // It ends with its lease.
                }
            });
        }
    }
}
