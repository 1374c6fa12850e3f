package dev.sidecar.autoconfigure.health;

import dev.sidecar.health.HealthStatus;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;

/** The readiness group of the health endpoint, as an orchestrator would be answered. */
final class ReadinessProbe {

    private final ObjectProvider<HealthEndpoint> endpoint;

    ReadinessProbe(ObjectProvider<HealthEndpoint> endpoint) {
        this.endpoint = endpoint;
    }

    /** UP, DEGRADED or DOWN; empty where the application has no such group. */
    Optional<HealthStatus> now() {
        HealthEndpoint available = endpoint.getIfAvailable();
        HealthDescriptor group = available == null ? null : available.healthForPath("readiness");
        return Optional.ofNullable(group)
                .map(answer -> switch (answer.getStatus().getCode()) {
                    case "DOWN", "OUT_OF_SERVICE" -> HealthStatus.DOWN;
                    case "DEGRADED" -> HealthStatus.DEGRADED;
                    default -> HealthStatus.UP;
                });
    }
}
