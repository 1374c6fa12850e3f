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
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import tools.jackson.core.type.TypeReference;

/**
 * {@code /actuator/sidecar}: what the v1 API says, in the same JSON, whichever way Sidecar is delivered. To be exposed
 * like any endpoint but health: {@code management.endpoints.web.exposure.include}.
 */
@Endpoint(id = "sidecar")
public final class SidecarEndpoint {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Sidecar sidecar;
    private final InfoSource info;
    private final ShownConfig config = new ShownConfig();

    SidecarEndpoint(Sidecar sidecar, InfoSource info) {
        this.sidecar = sidecar;
        this.info = info;
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

    /**
     * One feature.
     *
     * @return null, that is 404, for a word that is none
     */
    @ReadOperation
    public @Nullable Map<String, Object> feature(@Selector String feature) {
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

    private static Map<String, Object> json(Object value) {
        return SidecarJson.mapper().convertValue(value, OBJECT);
    }
}
