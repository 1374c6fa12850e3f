package dev.sidecar.discovery;

import dev.sidecar.SidecarException;
import java.time.Duration;
import java.util.Map;

/**
 * A wish to be found: what an instance says of itself. A lease; it ends after {@code ttl} unless it is
 * registered again.
 *
 * @param service the service's name
 * @param instance unique within the service
 * @param address a host name or an IP address, the application's, never the sidecar's
 * @param port 1 to 65535
 * @param secure whether the port speaks TLS
 * @param metadata free text by name
 * @param ttl one second to one day
 * @param healthy whether it takes traffic; an unhealthy one stays listed and is left out of healthy lists
 */
public record Registration(
        String service,
        String instance,
        String address,
        int port,
        boolean secure,
        Map<String, String> metadata,
        Duration ttl,
        boolean healthy) {

    public static final Duration DEFAULT_TTL = Duration.ofSeconds(15);

    /**
     * Checks every field.
     *
     * @throws SidecarException {@code invalid-name} or {@code invalid-registration}
     */
    public Registration {
        ServiceNames.check("service", service);
        ServiceNames.check("instance", instance);
        if (address.isBlank() || address.chars().anyMatch(c -> Character.isWhitespace(c) || c == '/')) {
            throw refused("address", address, "a host name or an IP address such as 127.0.0.1");
        }
        if (port < 1 || port > 65535) {
            throw refused("port", port, "a number from 1 to 65535");
        }
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofDays(1)) > 0) {
            throw refused("ttl", ttl, "a duration from 1s to 1d such as 15s");
        }
        metadata = Map.copyOf(metadata);
    }

    private static SidecarException refused(String field, Object value, String wanted) {
        return SidecarException.invalid(
                "invalid-registration", field + ": '" + value + "' is not allowed; give " + wanted);
    }
}
