package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.Identity;
import dev.sidecar.autoconfigure.SidecarProperties;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.core.env.Environment;

/** This application as an instance. Its port is known once its web server is up; until then it is 0. */
final class SidecarRegistration implements Registration {

    private final Identity identity;
    private final SidecarProperties.App app;
    private final DiscoveryProperties properties;
    private final Environment environment;

    SidecarRegistration(
            Identity identity, SidecarProperties.App app, DiscoveryProperties properties, Environment environment) {
        this.identity = identity;
        this.app = app;
        this.properties = properties;
        this.environment = environment;
    }

    /** As the registry takes it: ready for traffic. */
    dev.sidecar.discovery.Registration toRegistration() {
        return new dev.sidecar.discovery.Registration(
                getServiceId(),
                getInstanceId(),
                getHost(),
                getPort(),
                isSecure(),
                getMetadata(),
                properties.ttl(),
                true);
    }

    @Override
    public String getInstanceId() {
        return identity.instance();
    }

    @Override
    public String getServiceId() {
        return identity.name();
    }

    @Override
    public String getHost() {
        return app.address();
    }

    @Override
    public int getPort() {
        @Nullable Integer said = app.port();
        return said != null ? said : environment.getProperty("local.server.port", Integer.class, 0);
    }

    @Override
    public boolean isSecure() {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && Stream.of("bundle", "key-store", "certificate")
                        .anyMatch(key -> environment.containsProperty("server.ssl." + key));
    }

    @Override
    public URI getUri() {
        return ServiceInstance.createUri(this);
    }

    @Override
    public Map<String, String> getMetadata() {
        return properties.metadata();
    }
}
