package dev.sidecar.server.api;

import dev.sidecar.SidecarInfo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1}. */
@RestController
public final class InfoController {

    private final ServerInfo info;

    InfoController(ServerInfo info) {
        this.info = info;
    }

    @GetMapping("/v1")
    public SidecarInfo info() {
        return info.info();
    }
}
