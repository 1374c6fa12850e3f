package dev.sidecar;

import dev.sidecar.health.HealthStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the platform services themselves are whole.
 *
 * @param status UP, or DEGRADED while fallbacks are in use
 * @param detail what is wrong and what is done instead; null when UP
 * @param since when it became so; null when UP
 */
public record SidecarStatus(HealthStatus status, @Nullable String detail, @Nullable Instant since) {

    public static final SidecarStatus UP = new SidecarStatus(HealthStatus.UP, null, null);
}
