package dev.sidecar.autoconfigure;

import dev.sidecar.client.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Finds the sidecar: what the user says, else what {@code sidecar run} left in the environment. */
final class SidecarLocation {

    private SidecarLocation() {}

    static Endpoint find(SidecarProperties properties, Environment environment) {
        String endpoint = properties.endpoint();
        if (StringUtils.hasText(endpoint)) {
            return parse("sidecar.endpoint", endpoint);
        }
        String socket = environment.getProperty("SIDECAR_SOCKET");
        if (StringUtils.hasText(socket) && Files.exists(Path.of(socket))) {
            return new Endpoint.Unix(Path.of(socket));
        }
        String url = environment.getProperty("SIDECAR_URL");
        if (StringUtils.hasText(url)) {
            return parse("SIDECAR_URL", url);
        }
        if (StringUtils.hasText(socket)) {
            return new Endpoint.Unix(Path.of(socket));
        }
        throw new SidecarNotFoundException();
    }

    private static Endpoint parse(String property, String value) {
        try {
            return Endpoint.parse(value);
        } catch (IllegalArgumentException e) {
            throw InvalidProperty.of(property, value, "unix:/run/orders.sock or http://127.0.0.1:7300");
        }
    }
}
