package dev.sidecar.server.watchdog;

import dev.sidecar.Sidecar;
import dev.sidecar.watchdog.Watchdog;
import dev.sidecar.watchdog.WatchdogReport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the watchdog has seen, and the application's heartbeat. */
@RestController
public final class WatchdogController {

    /** What may come with a heartbeat; most have no body at all. */
    record Heartbeat(@Nullable String status) {}

    private final Watchdog watchdog;

    WatchdogController(Sidecar sidecar) {
        this.watchdog = sidecar.watchdog();
    }

    @GetMapping("/v1/watchdog")
    WatchdogReport report() {
        return watchdog.report();
    }

    @PutMapping("/v1/watchdog/heartbeat")
    WatchdogReport heartbeat(@RequestBody(required = false) @Nullable Heartbeat body) {
        return watchdog.heartbeat(body == null ? null : body.status());
    }
}
