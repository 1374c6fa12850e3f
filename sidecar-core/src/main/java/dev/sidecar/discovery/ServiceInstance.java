package dev.sidecar.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A registered instance, as the registry has it.
 *
 * @param healthy whether it takes traffic
 * @param registeredAt when it was first seen in this life of the lease
 * @param renewedAt when its lease was last renewed
 * @param expiresAt when it is gone unless renewed
 */
public record ServiceInstance(
        String service,
        String instance,
        String address,
        int port,
        boolean secure,
        Map<String, String> metadata,
        Duration ttl,
        boolean healthy,
        Instant registeredAt,
        Instant renewedAt,
        Instant expiresAt) {

    public ServiceInstance {
        metadata = Map.copyOf(metadata);
    }
}
