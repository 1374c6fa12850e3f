package dev.sidecar.tck;

import dev.sidecar.tck.config.ConfigContract;
import dev.sidecar.tck.discovery.DiscoveryContract;
import dev.sidecar.tck.environment.EnvironmentContract;
import dev.sidecar.tck.health.ChecksContract;
import dev.sidecar.tck.health.HealthContract;
import dev.sidecar.tck.logging.LogsContract;
import dev.sidecar.tck.monitor.MonitorContract;
import dev.sidecar.tck.resilience.ResilienceContract;
import dev.sidecar.tck.watchdog.WatchdogContract;

/** All that a delivery promises at its ports. */
public interface EveryContract
        extends InfoContract,
                LogsContract,
                DiscoveryContract,
                HealthContract,
                ChecksContract,
                WatchdogContract,
                ResilienceContract,
                ConfigContract,
                EnvironmentContract,
                MonitorContract {}
