package dev.sidecar.autoconfigure;

import dev.sidecar.Delivery;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the whole of Sidecar is told by {@code sidecar.*}; each feature has properties of its own.
 *
 * @param enabled Whether Sidecar is there at all. Without it there is no bean, thread or port.
 * @param delivery Where the engines run: in this process (library) or in a process beside it (sidecar).
 * @param endpoint Where the sidecar listens, such as unix:/run/orders.sock or http://127.0.0.1:7300. Only for the
 *     sidecar delivery. By default SIDECAR_SOCKET if that file exists, else SIDECAR_URL.
 * @param token Token of the sidecar, needed over TCP. Give it as the environment variable SIDECAR_TOKEN, which no
 *     list of processes shows.
 * @param home Directory that the sidecars and libraries of a host share. By default ~/.sidecar.
 * @param app Who this application is.
 * @param spring Sidecar seen through the interfaces of Spring.
 */
@ConfigurationProperties("sidecar")
public record SidecarProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("library") Delivery delivery,
        @Nullable String endpoint,
        @Nullable String token,
        @Nullable String home,
        @DefaultValue App app,
        @DefaultValue Spring spring) {

    /**
     * Who an application instance is.
     *
     * @param name Name of the service. By default spring.application.name, else "application".
     * @param instance Name of this instance, unique within the service. By default the host's name and the process id.
     * @param port Port by which others reach the application. By default the port its web server listens on.
     * @param address Host name or IP address by which others reach the application.
     */
    public record App(
            @Nullable String name,
            @Nullable String instance,
            @Nullable Integer port,
            @DefaultValue("127.0.0.1") String address) {}

    /**
     * Sidecar seen through the interfaces of Spring.
     *
     * @param enabled Whether the log appender, the DiscoveryClient and ServiceRegistry, and the health contributors are
     *     there. Without them the application has just the Sidecar bean, which is how the sidecar process itself uses it.
     */
    public record Spring(@DefaultValue("true") boolean enabled) {}

    @Override
    public String toString() {
        return "SidecarProperties[enabled=" + enabled + ", delivery=" + delivery + ", endpoint=" + endpoint + ", home="
                + home + ", app=" + app + "]";
    }
}
