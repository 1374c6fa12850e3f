package dev.sidecar.server.health;

import dev.sidecar.SidecarException;
import org.jspecify.annotations.Nullable;

/** What an operator wants. */
record MaintenanceRequest(@Nullable Boolean enabled, @Nullable String reason) {

    boolean wanted() {
        if (enabled == null) {
            throw SidecarException.invalid("invalid-maintenance", "enabled: is missing; give true or false");
        }
        return enabled;
    }
}
