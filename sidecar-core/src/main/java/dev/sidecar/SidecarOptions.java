package dev.sidecar;

import dev.sidecar.config.ConfigOptions;
import dev.sidecar.discovery.DiscoveryOptions;
import dev.sidecar.environment.EnvironmentOptions;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.monitor.MonitorOptions;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.watchdog.WatchdogOptions;

/** How the local engines of each feature are set up; each has defaults of its own. */
public record SidecarOptions(
        LoggingOptions logging,
        DiscoveryOptions discovery,
        HealthOptions health,
        WatchdogOptions watchdog,
        ConfigOptions config,
        ResilienceOptions resilience,
        EnvironmentOptions environment,
        MonitorOptions monitor) {

    public static SidecarOptions defaults() {
        return new SidecarOptions(
                LoggingOptions.defaults(),
                DiscoveryOptions.defaults(),
                HealthOptions.defaults(),
                WatchdogOptions.defaults(),
                ConfigOptions.defaults(),
                ResilienceOptions.DEFAULT,
                EnvironmentOptions.defaults(),
                MonitorOptions.defaults());
    }

    /** The same with other options for logging. */
    public SidecarOptions withLogging(LoggingOptions other) {
        return new SidecarOptions(other, discovery, health, watchdog, config, resilience, environment, monitor);
    }
}
