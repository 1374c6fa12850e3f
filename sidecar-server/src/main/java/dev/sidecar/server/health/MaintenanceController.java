package dev.sidecar.server.health;

import dev.sidecar.Sidecar;
import dev.sidecar.health.Health;
import dev.sidecar.health.Maintenance;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An operator's word that takes the instance out of traffic and brings it back. */
@RestController
public final class MaintenanceController {

    private final Health health;

    MaintenanceController(Sidecar sidecar) {
        this.health = sidecar.health();
    }

    @PutMapping("/v1/health/maintenance")
    Maintenance put(@RequestBody MaintenanceRequest request) {
        return health.maintenance(request.wanted(), request.reason());
    }
}
