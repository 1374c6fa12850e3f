package dev.sidecar.monitor;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.util.function.Consumer;

/** What is there when the monitor is switched off: nothing runs, and who asks is told so. */
final class DisabledMonitor implements Monitor {

    @Override
    public MonitorSample sample() {
        throw SidecarException.notFound(DISABLED, "sidecar.monitor.enabled is false; set it to true for samples");
    }

    @Override
    public Subscription watch(Consumer<MonitorSample> listener) {
        return () -> {};
    }
}
