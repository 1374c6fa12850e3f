package dev.sidecar.discovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service at one moment, ordered by instance name.
 *
 * @param index grows when the list changes (renewals do not count); give it back to wait for the next change.
 *     Opaque, and of use only with the sidecar that gave it
 * @param instances leases that have not ended
 * @param staleSince since when the registry could not be read and this is the last known list; null when fresh
 */
public record ServiceInstances(
        String service, long index, List<ServiceInstance> instances, @Nullable Instant staleSince) {

    public ServiceInstances {
        instances = List.copyOf(instances);
    }

    /** The same list with only the instances that take traffic. */
    public ServiceInstances healthy() {
        return new ServiceInstances(
                service,
                index,
                instances.stream().filter(ServiceInstance::healthy).toList(),
                staleSince);
    }
}
