package dev.sidecar.server.monitor;

import dev.sidecar.Sidecar;
import dev.sidecar.monitor.Monitor;
import dev.sidecar.monitor.MonitorSample;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/monitor}. */
@RestController
public final class MonitorController {

    private final Monitor monitor;

    MonitorController(Sidecar sidecar) {
        this.monitor = sidecar.monitor();
    }

    @GetMapping("/v1/monitor")
    MonitorSample sample() {
        return monitor.sample();
    }
}
