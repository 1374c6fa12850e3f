package dev.sidecar.autoconfigure.health;

import dev.sidecar.health.HealthStatus;

/** The application's own word on whether it may get traffic. */
@FunctionalInterface
interface Readiness {

    /** UP, DEGRADED or DOWN. */
    HealthStatus now();
}
