package dev.sidecar.server.api;

import dev.sidecar.Delivery;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarInfo;
import dev.sidecar.server.lifecycle.Lifecycle;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1}. */
@RestController
final class InfoController {

    private final Sidecar sidecar;
    private final Lifecycle lifecycle;

    InfoController(Sidecar sidecar, Lifecycle lifecycle) {
        this.sidecar = sidecar;
        this.lifecycle = lifecycle;
    }

    @GetMapping("/v1")
    SidecarInfo info() {
        SidecarInfo info = sidecar.info();
        Map<String, String> links = new TreeMap<>(info.links());
        links.put("self", "/v1");
        links.put("openapi", "/v1/openapi.json");
        links.put("logs", "/v1/logs");
        links.put("services", "/v1/services");
        links.put("health", "/v1/health");
        return new SidecarInfo(
                info.name(),
                info.instance(),
                info.version(),
                lifecycle.state(),
                Delivery.SIDECAR,
                info.features(),
                links);
    }
}
