package dev.sidecar.server.ops;

import dev.sidecar.server.PortNumber;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.ops.*}: actuator and page for operators.
 *
 * @param port 0 for any free one
 * @param address it is bound to
 */
@ConfigurationProperties("sidecar.ops")
public record OpsProperties(@DefaultValue("7301") int port, @DefaultValue("127.0.0.1") String address) {

    public OpsProperties {
        PortNumber.requireListening("sidecar.ops.port", port);
    }
}
