package dev.sidecar.server.health;

import dev.sidecar.SidecarException;
import dev.sidecar.health.HealthStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an application says of itself. */
record PushedStatus(HealthStatus status, @Nullable String output) {

    private static final String CODE = "invalid-status";

    private record Body(@Nullable HealthStatus status, @Nullable String output) {}

    static PushedStatus read(JsonNode json) {
        Body body = JsonBody.read(json, Body.class, CODE, "{\"status\":\"UP\",\"output\":\"queue is short\"}");
        if (body.status() == null) {
            throw SidecarException.invalid(CODE, "status: is missing; give UP, DEGRADED or DOWN");
        }
        return new PushedStatus(body.status(), body.output());
    }
}
