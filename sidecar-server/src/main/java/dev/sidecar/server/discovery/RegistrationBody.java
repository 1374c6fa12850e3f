package dev.sidecar.server.discovery;

import dev.sidecar.SidecarException;
import dev.sidecar.discovery.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an instance says of itself; the names are in the path. Only the port is required.
 *
 * @param address default: 127.0.0.1, the host this registry is for
 * @param ttl default: {@code sidecar.discovery.ttl}
 */
record RegistrationBody(
        @Nullable String address,
        @Nullable Integer port,
        @Nullable Boolean secure,
        @Nullable Map<String, String> metadata,
        @Nullable Duration ttl,
        @Nullable Boolean healthy) {

    Registration toRegistration(String service, String instance, Duration defaultTtl) {
        if (port == null) {
            throw SidecarException.invalid(
                    "invalid-registration", "port: is missing; give the port the instance listens on");
        }
        return new Registration(
                service,
                instance,
                Objects.requireNonNullElse(address, "127.0.0.1"),
                port,
                Boolean.TRUE.equals(secure),
                Objects.requireNonNullElse(metadata, Map.of()),
                Objects.requireNonNullElse(ttl, defaultTtl),
                !Boolean.FALSE.equals(healthy));
    }
}
