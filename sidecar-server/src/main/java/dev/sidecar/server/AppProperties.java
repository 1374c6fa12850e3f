package dev.sidecar.server;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.app.*}: the application beside this process.
 *
 * @param name the service it is
 * @param instance unique on the network; by default host and process id
 * @param port where it listens; none means it is not registered
 * @param address where it is reached
 */
@ConfigurationProperties("sidecar.app")
public record AppProperties(
        @DefaultValue("app") String name,
        @Nullable String instance,
        @Nullable Integer port,
        @DefaultValue("127.0.0.1") String address) {

    public AppProperties {
        PortNumber.requireCalled("sidecar.app.port", port);
    }
}
