package dev.sidecar.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Out of service by an operator's word; only an operator's word ends it, no check and no restart of one. */
public record Maintenance(boolean enabled, @Nullable String reason, @Nullable Instant since) {

    public static final Maintenance OFF = new Maintenance(false, null, null);
}
