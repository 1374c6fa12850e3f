package dev.sidecar.discovery;

import java.time.Duration;

/**
 * {@code sidecar.discovery.*}.
 *
 * @param ttl the lease of registrations that name none
 */
public record DiscoveryOptions(Duration ttl) {

    public static DiscoveryOptions defaults() {
        return new DiscoveryOptions(Registration.DEFAULT_TTL);
    }
}
