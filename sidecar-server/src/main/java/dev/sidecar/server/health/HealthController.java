package dev.sidecar.server.health;

import dev.sidecar.Sidecar;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How is the instance? 200 where traffic may come, else 503, with the same body. */
@RestController
public final class HealthController {

    private final Health health;

    HealthController(Sidecar sidecar) {
        this.health = sidecar.health();
    }

    @GetMapping("/v1/health")
    ResponseEntity<HealthReport> all() {
        return answer(health.report());
    }

    @GetMapping("/v1/health/live")
    ResponseEntity<HealthReport> live() {
        return answer(health.report(HealthGroup.LIVE));
    }

    @GetMapping("/v1/health/ready")
    ResponseEntity<HealthReport> ready() {
        return answer(health.report(HealthGroup.READY));
    }

    @GetMapping("/v1/health/startup")
    ResponseEntity<HealthReport> startup() {
        return answer(health.report(HealthGroup.STARTUP));
    }

    private static ResponseEntity<HealthReport> answer(HealthReport report) {
        return ResponseEntity.status(report.status().serves() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(report);
    }
}
