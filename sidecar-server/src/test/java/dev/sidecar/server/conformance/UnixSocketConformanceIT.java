package dev.sidecar.server.conformance;

import dev.sidecar.Sidecar;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.InfoContract;
import dev.sidecar.tck.config.ConfigContract;
import dev.sidecar.tck.discovery.DiscoveryContract;
import dev.sidecar.tck.environment.EnvironmentContract;
import dev.sidecar.tck.health.ChecksContract;
import dev.sidecar.tck.health.HealthContract;
import dev.sidecar.tck.logging.LogsContract;
import dev.sidecar.tck.monitor.MonitorContract;
import dev.sidecar.tck.resilience.ResilienceContract;
import dev.sidecar.tck.watchdog.WatchdogContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

@DeliveredBy("unix socket")
class UnixSocketConformanceIT
        implements InfoContract,
                LogsContract,
                DiscoveryContract,
                HealthContract,
                ChecksContract,
                WatchdogContract,
                ResilienceContract,
                ConfigContract,
                EnvironmentContract,
                MonitorContract {

    @RegisterExtension
    static final Subject SUBJECT = new Subject();

    private static RemoteSidecar sidecar;

    @BeforeAll
    static void connect() {
        sidecar = SUBJECT.overUnixSocket();
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    @Override
    public Sidecar sidecar() {
        return sidecar;
    }

    @Override
    public SidecarHome home() {
        return SUBJECT.home();
    }
}
