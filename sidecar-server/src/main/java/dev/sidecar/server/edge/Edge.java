package dev.sidecar.server.edge;

import dev.sidecar.SidecarException;
import dev.sidecar.runtime.Threads;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import org.springframework.context.SmartLifecycle;

/** All managed proxies. */
public final class Edge implements SmartLifecycle {

    private final ScheduledExecutorService timer = Threads.timer("edge");
    private final Map<String, ManagedProxy> proxies = new TreeMap<>();
    private volatile boolean running;

    Edge(
            Map<String, ProxyProperties> properties,
            BiFunction<Map.Entry<String, ProxyProperties>, ScheduledExecutorService, ManagedProxy> factory) {
        properties.entrySet().forEach(entry -> proxies.put(entry.getKey(), factory.apply(entry, timer)));
    }

    @Override
    public void start() {
        running = true;
        proxies.values().forEach(ManagedProxy::start);
    }

    @Override
    public void stop() {
        running = false;
        proxies.values().forEach(ManagedProxy::close);
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** By name. */
    public List<ProxyView> views() {
        return proxies.values().stream().map(ManagedProxy::view).toList();
    }

    /** @throws SidecarException {@code unknown-proxy} */
    ManagedProxy proxy(String name) {
        ManagedProxy proxy = proxies.get(name);
        if (proxy == null) {
            throw unknown(name);
        }
        return proxy;
    }

    static SidecarException unknown(String name) {
        return SidecarException.notFound(
                "unknown-proxy", "there is no proxy '" + name + "'; they are configured as sidecar.edge.<name>");
    }
}
