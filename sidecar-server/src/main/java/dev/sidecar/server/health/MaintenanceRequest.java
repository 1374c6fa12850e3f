package dev.sidecar.server.health;

import dev.sidecar.SidecarException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an operator wants. */
record MaintenanceRequest(boolean enabled, @Nullable String reason) {

    private static final String CODE = "invalid-maintenance";

    private record Body(@Nullable Boolean enabled, @Nullable String reason) {}

    static MaintenanceRequest read(JsonNode json) {
        Body body = JsonBody.read(json, Body.class, CODE, "{\"enabled\":true,\"reason\":\"disk is replaced\"}");
        if (body.enabled() == null) {
            throw SidecarException.invalid(CODE, "enabled: is missing; give true or false");
        }
        return new MaintenanceRequest(body.enabled(), body.reason());
    }
}
