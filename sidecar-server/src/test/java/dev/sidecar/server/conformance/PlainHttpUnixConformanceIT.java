package dev.sidecar.server.conformance;

import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.config.ConfigWireContract;
import dev.sidecar.tck.discovery.DiscoveryWireContract;
import dev.sidecar.tck.environment.EnvironmentWireContract;
import dev.sidecar.tck.health.HealthWireContract;
import dev.sidecar.tck.logging.LogsWireContract;
import dev.sidecar.tck.logging.OtlpWireContract;
import dev.sidecar.tck.monitor.MonitorWireContract;
import dev.sidecar.tck.resilience.ResilienceWireContract;
import dev.sidecar.tck.watchdog.WatchdogWireContract;
import dev.sidecar.tck.wire.ApiWireContract;
import dev.sidecar.tck.wire.RawHttp;
import org.junit.jupiter.api.extension.RegisterExtension;

@DeliveredBy("plain http, unix")
class PlainHttpUnixConformanceIT
        implements ApiWireContract,
                LogsWireContract,
                OtlpWireContract,
                DiscoveryWireContract,
                HealthWireContract,
                WatchdogWireContract,
                ResilienceWireContract,
                ConfigWireContract,
                EnvironmentWireContract,
                MonitorWireContract {

    @RegisterExtension
    static final Subject SUBJECT = new Subject();

    @Override
    public RawHttp http() {
        return RawHttp.unix(SUBJECT.process().socket());
    }

    @Override
    public boolean guarded() {
        return false;
    }
}
