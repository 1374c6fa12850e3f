package dev.sidecar.server.api;

import dev.sidecar.Delivery;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarInfo;
import dev.sidecar.autoconfigure.actuate.InfoSource;
import dev.sidecar.server.ambassador.Ambassador;
import dev.sidecar.server.edge.Edge;
import dev.sidecar.server.lifecycle.Lifecycle;
import dev.sidecar.server.offload.Offload;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;

/** What this process says it is, on the API and the ops port alike: its engines, and the pair they serve. */
public final class ServerInfo implements InfoSource {

    private final Sidecar sidecar;
    private final Lifecycle lifecycle;
    private final boolean ambassador;
    private final ObjectProvider<Offload> offload;
    private final boolean edge;

    ServerInfo(
            Sidecar sidecar,
            Lifecycle lifecycle,
            ObjectProvider<Ambassador> ambassador,
            ObjectProvider<Offload> offload,
            ObjectProvider<Edge> edge) {
        this.sidecar = sidecar;
        this.lifecycle = lifecycle;
        this.ambassador = ambassador.getIfAvailable() != null;
        this.offload = offload;
        this.edge = edge.getIfAvailable() != null;
    }

    @Override
    public SidecarInfo info() {
        SidecarInfo info = sidecar.info();
        Map<String, Boolean> features = new TreeMap<>();
        features.put("ambassador", ambassador);
        Offload inbound = offload.getIfAvailable();
        features.put("offload", inbound != null);
        features.put("edge", edge);
        features.putAll(info.features());
        Map<String, String> links = new TreeMap<>(info.links());
        links.put("self", "/v1");
        links.put("openapi", "/v1/openapi.json");
        links.put("logs", "/v1/logs");
        links.put("services", "/v1/services");
        links.put("health", "/v1/health");
        links.put("watchdog", "/v1/watchdog");
        links.put("resilience", "/v1/resilience");
        links.put("config", "/v1/config");
        links.put("environment", "/v1/environment");
        links.put("monitor", "/v1/monitor");
        links.put("edge", "/v1/edge");
        if (inbound != null) {
            links.put("offload", inbound.url());
        }
        return new SidecarInfo(
                info.name(),
                info.instance(),
                info.version(),
                lifecycle.state(),
                Delivery.SIDECAR,
                features,
                links,
                info.spool());
    }
}
