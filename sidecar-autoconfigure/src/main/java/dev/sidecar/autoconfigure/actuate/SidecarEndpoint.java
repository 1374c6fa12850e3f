package dev.sidecar.autoconfigure.actuate;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import tools.jackson.core.type.TypeReference;

/**
 * {@code /actuator/sidecar}: what the v1 API says, in the same JSON, whichever way Sidecar is delivered. To be exposed
 * like any endpoint but health: {@code management.endpoints.web.exposure.include}. What changes something is what
 * {@code management.endpoint.sidecar.access=read-only} takes away.
 */
@Endpoint(id = "sidecar")
public final class SidecarEndpoint {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Sidecar sidecar;
    private final InfoSource info;
    private final ShownConfig config = new ShownConfig();
    private final SidecarOperations operations;

    SidecarEndpoint(Sidecar sidecar, InfoSource info) {
        this.sidecar = sidecar;
        this.info = info;
        this.operations = new SidecarOperations(sidecar, config);
    }

    /** Everything at a glance. */
    @ReadOperation
    public Map<String, Object> overview() {
        Map<String, Object> said = json(info.info());
        Map<String, Object> overview = new LinkedHashMap<>();
        overview.put("delivery", said.get("delivery"));
        overview.put("status", json(sidecar.status()));
        overview.put("info", said);
        overview.put("health", json(sidecar.health().report()));
        watchdog().ifPresent(watchdog -> overview.put("watchdog", watchdog));
        overview.put("services", sidecar.discovery().services().services());
        return overview;
    }

    /** One feature; 404 for a word that is none. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> feature(@Selector String feature) {
        return SidecarOperations.answered(() -> Optional.ofNullable(shown(feature)));
    }

    private @Nullable Map<String, Object> shown(String feature) {
        return switch (feature) {
            case "logging" -> Map.of("records", json(sidecar.logs().recent(LogQuery.LATEST)));
            case "discovery" -> discovery();
            case "health" -> json(sidecar.health().report());
            case "config" -> config.of(sidecar.config().entries(""));
            case "watchdog" -> json(sidecar.watchdog().report());
            case "resilience" -> json(sidecar.resilience().report());
            case "environment" -> on(feature) ? json(sidecar.environment().facts()) : null;
            case "monitor" -> on(feature) ? json(sidecar.monitor().sample()) : null;
            default -> null;
        };
    }

    /** One thing of a feature: a service, a check or group, a key, an upstream; 404 where it is none. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> one(@Selector String feature, @Selector String name) {
        return operations.read(feature, name);
    }

    /**
     * Changes one thing: {@code health/maintenance} with {@code enabled} and {@code reason}, {@code health/<check>} with
     * {@code status} and {@code output}, {@code config/<key>} with {@code value} and {@code version},
     * {@code watchdog/heartbeat} with {@code status}.
     *
     * @param value JSON; what is not JSON is a string
     * @param version only if this is the current one; 0 for only if there is none
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> write(
            @Selector String feature,
            @Selector String name,
            @Nullable Boolean enabled,
            @Nullable String reason,
            @Nullable String status,
            @Nullable String output,
            @Nullable String value,
            @Nullable Long version) {
        return switch (feature + "/" + name) {
            case "health/maintenance" -> operations.maintenance(enabled, reason);
            case "watchdog/heartbeat" -> operations.heartbeat(status);
            default ->
                switch (feature) {
                    case "health" -> operations.push(name, status, output);
                    case "config" -> operations.put(name, value, version);
                    default -> SidecarOperations.NOT_FOUND;
                };
        };
    }

    /** Removes {@code config/<key>} from the store, or the check {@code health/<check>}. */
    @DeleteOperation
    public WebEndpointResponse<Map<String, Object>> delete(
            @Selector String feature, @Selector String name, @Nullable Long version) {
        return switch (feature) {
            case "config" -> operations.deleteValue(name, version);
            case "health" -> operations.removeCheck(name);
            default -> SidecarOperations.NOT_FOUND;
        };
    }

    private boolean on(String feature) {
        return info.info().features().getOrDefault(feature, false);
    }

    /** Left out while the sidecar is away: nothing stands in for a watchdog. */
    private Optional<Map<String, Object>> watchdog() {
        try {
            return Optional.of(json(sidecar.watchdog().report()));
        } catch (SidecarUnavailableException e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> discovery() {
        List<Map<String, Object>> services = sidecar.discovery().services().services().stream()
                .map(service -> json(sidecar.discovery().instances(service)))
                .toList();
        return Map.of("services", services);
    }

    private static List<Map<String, Object>> json(List<?> values) {
        return values.stream().map(SidecarEndpoint::json).toList();
    }

    static Map<String, Object> json(Object value) {
        return SidecarJson.mapper().convertValue(value, OBJECT);
    }
}
