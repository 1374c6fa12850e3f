package dev.sidecar.autoconfigure.actuate;

import dev.sidecar.Problem;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigValues;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What can be asked of, and done to, one thing of a feature; a refusal is the problem that the v1 API answers. */
final class SidecarOperations {

    static final WebEndpointResponse<Map<String, Object>> NOT_FOUND = new WebEndpointResponse<>(404);

    private static final MimeType PROBLEM = MimeType.valueOf("application/problem+json");

    private final Sidecar sidecar;
    private final ShownConfig config;

    SidecarOperations(Sidecar sidecar, ShownConfig config) {
        this.sidecar = sidecar;
        this.config = config;
    }

    WebEndpointResponse<Map<String, Object>> read(String feature, String name) {
        return answered(() -> switch (feature) {
            case "discovery" -> Optional.of(json(sidecar.discovery().instances(name)));
            case "health" -> health(name);
            case "config" -> sidecar.config().get(name).map(config::entry);
            case "resilience" -> Optional.of(json(sidecar.resilience().upstream(name)));
            default -> Optional.empty();
        });
    }

    private Optional<Map<String, Object>> health(String name) {
        return Arrays.stream(HealthGroup.values())
                .filter(group -> group.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .map(group -> json(sidecar.health().report(group)))
                .or(() -> sidecar.health().check(name).map(SidecarOperations::json));
    }

    WebEndpointResponse<Map<String, Object>> maintenance(@Nullable Boolean enabled, @Nullable String reason) {
        return answered(() -> {
            if (enabled == null) {
                throw SidecarException.invalid("invalid-maintenance", "enabled: is missing; give true or false");
            }
            return Optional.of(json(sidecar.health().maintenance(enabled, reason)));
        });
    }

    WebEndpointResponse<Map<String, Object>> push(String check, @Nullable String status, @Nullable String output) {
        return answered(() -> Optional.of(json(sidecar.health().push(check, status(status), output))));
    }

    private static HealthStatus status(@Nullable String word) {
        return Arrays.stream(HealthStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> SidecarException.invalid(
                        "invalid-status",
                        (word == null ? "status: is missing" : "status: '" + word + "' is not allowed")
                                + "; give UP, DEGRADED or DOWN"));
    }

    WebEndpointResponse<Map<String, Object>> heartbeat(@Nullable String status) {
        return answered(() -> Optional.of(json(sidecar.watchdog().heartbeat(status))));
    }

    WebEndpointResponse<Map<String, Object>> put(String key, @Nullable String value, @Nullable Long version) {
        return answered(() -> {
            if (value == null) {
                throw SidecarException.invalid("missing-value", "value: is missing; give JSON, or text");
            }
            return Optional.of(config.entry(sidecar.config().put(key, parsed(value), condition(version))));
        });
    }

    WebEndpointResponse<Map<String, Object>> deleteValue(String key, @Nullable Long version) {
        return gone(() -> sidecar.config().delete(key, condition(version)));
    }

    WebEndpointResponse<Map<String, Object>> removeCheck(String check) {
        return gone(() -> sidecar.health().remove(check));
    }

    private static ConfigCondition condition(@Nullable Long version) {
        if (version == null) {
            return ConfigCondition.any();
        }
        return version == 0 ? ConfigCondition.absent() : ConfigCondition.version(version);
    }

    private static JsonNode parsed(String value) {
        try {
            return value.isBlank() ? StringNode.valueOf(value) : ConfigValues.parse(value);
        } catch (JacksonException e) {
            return StringNode.valueOf(value);
        }
    }

    private static WebEndpointResponse<Map<String, Object>> gone(Supplier<Boolean> removal) {
        return orRefused(() -> removal.get() ? new WebEndpointResponse<>(204) : NOT_FOUND);
    }

    static WebEndpointResponse<Map<String, Object>> answered(Supplier<Optional<Map<String, Object>>> answer) {
        return orRefused(() -> answer.get().map(WebEndpointResponse::new).orElse(NOT_FOUND));
    }

    private static WebEndpointResponse<Map<String, Object>> orRefused(
            Supplier<WebEndpointResponse<Map<String, Object>>> response) {
        try {
            return response.get();
        } catch (SidecarException e) {
            return refused(e.problem());
        }
    }

    private static WebEndpointResponse<Map<String, Object>> refused(Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", problem.type());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        body.put("code", problem.code());
        return new WebEndpointResponse<>(body, problem.status(), PROBLEM);
    }

    private static Map<String, Object> json(Object value) {
        return SidecarEndpoint.json(value);
    }
}
