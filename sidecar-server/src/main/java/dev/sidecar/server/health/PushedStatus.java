package dev.sidecar.server.health;

import dev.sidecar.SidecarException;
import dev.sidecar.health.HealthStatus;
import org.jspecify.annotations.Nullable;

/** What an application says of itself. */
record PushedStatus(@Nullable HealthStatus status, @Nullable String output) {

    HealthStatus word() {
        if (status == null) {
            throw SidecarException.invalid("invalid-status", "status: is missing; give UP, DEGRADED or DOWN");
        }
        return status;
    }
}
