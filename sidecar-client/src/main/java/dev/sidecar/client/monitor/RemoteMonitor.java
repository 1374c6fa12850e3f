package dev.sidecar.client.monitor;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.PolledWatch;
import dev.sidecar.client.transport.Request;
import dev.sidecar.monitor.Monitor;
import dev.sidecar.monitor.MonitorSample;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Samples taken by the sidecar; its last one while it is away. Thread-safe. */
public final class RemoteMonitor implements Monitor, AutoCloseable {

    private final Api api;
    private final Set<PolledWatch<MonitorSample>> watches = ConcurrentHashMap.newKeySet();
    private volatile @Nullable MonitorSample last;

    public RemoteMonitor(Api api) {
        this.api = api;
    }

    @Override
    public MonitorSample sample() {
        MonitorSample before = last;
        if (before != null && api.transport().availability().hangs()) {
            return before;
        }
        try {
            return ask();
        } catch (SidecarUnavailableException e) {
            if (before == null) {
                throw e;
            }
            return before;
        }
    }

    private MonitorSample ask() {
        MonitorSample sample = api.call(Request.get("/v1/monitor"), MonitorSample.class);
        last = sample;
        return sample;
    }

    @Override
    public Subscription watch(Consumer<MonitorSample> listener) {
        return PolledWatch.start(
                "client-monitor", this::ask, sample -> Duration.ofMillis(sample.intervalMs()), listener, watches);
    }

    @Override
    public void close() {
        watches.forEach(PolledWatch::close);
    }
}
