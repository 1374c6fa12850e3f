package dev.sidecar.autoconfigure.health;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the platform services are whole: UP, or DEGRADED with what is lost and since when. Never DOWN by itself. */
final class SidecarHealthIndicator extends AbstractHealthIndicator {

    private final Sidecar sidecar;
    private final String delivery;

    SidecarHealthIndicator(Sidecar sidecar, String delivery) {
        super("Sidecar health could not be asked");
        this.sidecar = sidecar;
        this.delivery = delivery;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        SidecarStatus status = sidecar.status();
        builder.status(status.status().name()).withDetail("delivery", delivery);
        if (status.detail() != null) {
            builder.withDetail("detail", status.detail());
        }
        if (status.since() != null) {
            builder.withDetail("since", status.since().toString());
        }
    }
}
