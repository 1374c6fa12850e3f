package dev.sidecar.server.supervisor;

import dev.sidecar.server.NonNegative;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application beside the sidecar is run.
 *
 * @param restart Whether the application is started again when it ends.
 * @param grace How long the application may take to end before it is killed.
 * @param raw Whether the application's output is passed on as it is.
 * @param backoff How restarts are spaced and limited.
 */
@ConfigurationProperties("sidecar.app")
public record SupervisorProperties(
        @DefaultValue("never") RestartPolicy restart,
        @DefaultValue("10s") Duration grace,
        @DefaultValue("false") boolean raw,
        @DefaultValue Restarts backoff) {

    public SupervisorProperties {
        NonNegative.require("sidecar.app.grace", grace);
        NonNegative.require("sidecar.app.backoff.first", backoff.first());
        NonNegative.require("sidecar.app.backoff.max", backoff.max());
        NonNegative.require("sidecar.app.backoff.stable", backoff.stable());
    }

    /**
     * How restarts are spaced and limited.
     *
     * @param first Wait before the first restart; it doubles with each.
     * @param max Longest wait.
     * @param budget Restarts in a row before the sidecar gives up and exits with 69.
     * @param stable Uptime that makes the budget whole again.
     */
    public record Restarts(
            @DefaultValue("200ms") Duration first,
            @DefaultValue("30s") Duration max,
            @DefaultValue("5") int budget,
            @DefaultValue("1m") Duration stable) {}
}
