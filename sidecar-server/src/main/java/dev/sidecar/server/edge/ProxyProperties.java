package dev.sidecar.server.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * One proxy: {@code sidecar.edge.<name>.*}.
 *
 * @param driver What kind of proxy it is.
 * @param services Services whose healthy instances it serves.
 * @param config Keys of the config store its template may use; a key stands for all below it too.
 * @param environment Environment variables its template may use.
 * @param files Files whose content its template may use, by name.
 * @param destination The file that is written.
 * @param template 'builtin', or the path of a Pebble template.
 * @param check Command that judges the file; an argument that is the destination or '{file}' becomes the staged file.
 * @param reload Command that makes the proxy read the file; by default a signal or the master socket.
 * @param start Command that runs the proxy in the foreground, when the sidecar is to keep it running.
 * @param pidFile Of the proxy's master process; by default what the proxy's own configuration says.
 * @param masterSocket HAProxy's master socket (-S).
 * @param runtimeSocket HAProxy's runtime socket; the built-in template opens it.
 * @param status Address such as 127.0.0.1:8081 where the built-in NGINX template shows generation and stub status.
 * @param listen Addresses the built-in template listens on; empty for upstreams alone.
 * @param serverNames Host names the built-in NGINX template answers to, beside the services' own.
 * @param tls Certificate of the built-in template.
 * @param staticFiles Directories the built-in NGINX template serves by itself.
 * @param quiescence How long the world must be quiet before a change is applied.
 * @param guards What protects the proxy from a registry that is wrong.
 * @param interval Shortest time between two reloads.
 * @param drain Longest time old workers may take to finish their connections.
 * @param timeout Longest time for a check, a reload and its confirmation, each.
 */
public record ProxyProperties(
        DriverType driver,
        @DefaultValue({}) List<String> services,
        @DefaultValue({}) List<String> config,
        @DefaultValue({}) List<String> environment,
        @DefaultValue Map<String, Path> files,
        Path destination,
        @DefaultValue("builtin") String template,
        @DefaultValue({}) List<String> check,
        @DefaultValue({}) List<String> reload,
        @DefaultValue({}) List<String> start,
        @Nullable Path pidFile,
        @Nullable Path masterSocket,
        @Nullable Path runtimeSocket,
        @Nullable String status,
        @DefaultValue("80") List<String> listen,
        @DefaultValue({"localhost", "127.0.0.1", "_"}) List<String> serverNames,
        @Nullable Tls tls,
        @Name("static") @DefaultValue({}) List<StaticFiles> staticFiles,
        @Name("wait") @DefaultValue Wait quiescence,
        @DefaultValue Guards guards,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("30s") Duration drain,
        @DefaultValue("10s") Duration timeout) {

    public ProxyProperties {
        status = status == null || status.isBlank() ? null : status;
    }

    /** The kinds of proxies. */
    public enum DriverType {
        @JsonProperty("nginx")
        NGINX,
        @JsonProperty("haproxy")
        HAPROXY,
        @JsonProperty("command")
        COMMAND
    }

    /**
     * Quiescence.
     *
     * @param min How long nothing may have changed.
     * @param max How long a change waits at the most, however much follows it.
     */
    public record Wait(@DefaultValue("200ms") Duration min, @DefaultValue("2s") Duration max) {}

    /**
     * Limits of what one apply may do to a service.
     *
     * @param minServers Servers a service must have; below, its last known ones are kept.
     * @param maxShrink Part of a service's servers that may go at once, such as 50%.
     */
    public record Guards(@DefaultValue("1") int minServers, @DefaultValue("50%") String maxShrink) {}

    /**
     * A certificate.
     *
     * @param certificate PEM file: for NGINX the chain, for HAProxy chain and key.
     * @param key PEM file of the private key; NGINX only.
     * @param listen Addresses to listen on.
     */
    public record Tls(Path certificate, @Nullable Path key, @DefaultValue("443") List<String> listen) {}

    /**
     * Files served without an application.
     *
     * @param path What the URL begins with.
     * @param root The directory.
     */
    public record StaticFiles(String path, Path root) {}

    boolean builtin() {
        return template.equals("builtin");
    }
}
