package dev.sidecar.tck.wire;

import dev.sidecar.tck.config.ConfigWireContract;
import dev.sidecar.tck.discovery.DiscoveryWireContract;
import dev.sidecar.tck.environment.EnvironmentWireContract;
import dev.sidecar.tck.health.HealthWireContract;
import dev.sidecar.tck.logging.LogsWireContract;
import dev.sidecar.tck.logging.OtlpWireContract;
import dev.sidecar.tck.monitor.MonitorWireContract;
import dev.sidecar.tck.resilience.ResilienceWireContract;
import dev.sidecar.tck.watchdog.WatchdogWireContract;

/** All that a sidecar process promises in plain HTTP. */
public interface EveryWireContract
        extends ApiWireContract,
                LogsWireContract,
                OtlpWireContract,
                DiscoveryWireContract,
                HealthWireContract,
                WatchdogWireContract,
                ResilienceWireContract,
                ConfigWireContract,
                EnvironmentWireContract,
                MonitorWireContract {}
