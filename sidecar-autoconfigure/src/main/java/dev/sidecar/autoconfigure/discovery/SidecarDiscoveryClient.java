package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.ServiceInstance;
import java.util.List;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** The registry as Spring Cloud asks one: only instances that take traffic, and the last known ones when it is lost. */
final class SidecarDiscoveryClient implements DiscoveryClient {

    private final Discovery discovery;
    private final ServiceChanges changes;

    SidecarDiscoveryClient(Discovery discovery, ServiceChanges changes) {
        this.discovery = discovery;
        this.changes = changes;
    }

    @Override
    public String description() {
        return "Sidecar";
    }

    @Override
    public List<org.springframework.cloud.client.ServiceInstance> getInstances(String serviceId) {
        changes.follow(serviceId);
        return discovery.instances(serviceId).healthy().instances().stream()
                .map(SidecarDiscoveryClient::toSpring)
                .toList();
    }

    @Override
    public List<String> getServices() {
        return discovery.services().services();
    }

    private static org.springframework.cloud.client.ServiceInstance toSpring(ServiceInstance instance) {
        return new DefaultServiceInstance(
                instance.instance(),
                instance.service(),
                instance.address(),
                instance.port(),
                instance.secure(),
                instance.metadata());
    }
}
