package dev.sidecar.discovery;

import dev.sidecar.SidecarException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wish to be found: what an instance says of itself. A lease; it ends after {@code ttl} unless it is
 * registered again.
 *
 * @param service the service's name
 * @param instance unique within the service
 * @param address a host name or an IP address, the application's, never the sidecar's
 * @param port 1 to 65535
 * @param secure whether the port speaks TLS
 * @param metadata free text by name: at most 64 entries, names of 128 characters, 16 KiB in all
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

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9._:%-]{0,254}");

    /** One colon: an IPv6 address has more. */
    private static final Pattern ADDRESS_WITH_PORT = Pattern.compile("[^:]*:[^:]*");

    /**
     * Checks every field.
     *
     * @throws SidecarException {@code invalid-name} or {@code invalid-registration}
     */
    public Registration {
        ServiceNames.check("service", service);
        ServiceNames.check("instance", instance);
        if (address == null
                || !ADDRESS.matcher(address).matches()
                || ADDRESS_WITH_PORT.matcher(address).matches()) {
            throw refused(
                    "address", address, "a host name or an IP address such as 127.0.0.1, without scheme and port");
        }
        if (port < 1 || port > 65535) {
            throw refused("port", port, "a number from 1 to 65535");
        }
        if (ttl == null || ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofDays(1)) > 0) {
            throw refused("ttl", ttl, "a duration from 1s to 1d such as 15s");
        }
        metadata = MetadataLimits.check(metadata);
    }

    /** What was registered, as a wish again. */
    static Registration of(ServiceInstance i) {
        return new Registration(
                i.service(), i.instance(), i.address(), i.port(), i.secure(), i.metadata(), i.ttl(), i.healthy());
    }

    /** The same with another word on whether it takes traffic. */
    public Registration withHealthy(boolean value) {
        return new Registration(service, instance, address, port, secure, metadata, ttl, value);
    }

    /** The same with other metadata. */
    public Registration withMetadata(Map<String, String> value) {
        return new Registration(service, instance, address, port, secure, value, ttl, healthy);
    }

    /** The instance this becomes when it is registered at that time. */
    ServiceInstance lease(Instant registeredAt, Instant now) {
        return new ServiceInstance(
                service, instance, address, port, secure, metadata, ttl, healthy, registeredAt, now, now.plus(ttl));
    }

    private static SidecarException refused(String field, @Nullable Object value, String wanted) {
        return SidecarException.invalid(
                "invalid-registration", field + ": '" + value + "' is not allowed; give " + wanted);
    }
}
