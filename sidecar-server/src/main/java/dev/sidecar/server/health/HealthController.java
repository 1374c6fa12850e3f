package dev.sidecar.server.health;

import dev.sidecar.Sidecar;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import dev.sidecar.health.Maintenance;
import dev.sidecar.server.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How is the instance? 200 where traffic may come, else 503, with the same body. */
@RestController
public final class HealthController {

    /** Seconds between the runs of a check that does not say otherwise. */
    private static final String NEXT_RUN = "5";

    private final Health health;

    HealthController(Sidecar sidecar) {
        this.health = sidecar.health();
    }

    @GetMapping("/v1/health")
    ResponseEntity<HealthReport> all(HttpServletRequest request) {
        return answer(health.report(), request);
    }

    @GetMapping("/v1/health/live")
    ResponseEntity<HealthReport> live(HttpServletRequest request) {
        return answer(health.report(HealthGroup.LIVE), request);
    }

    @GetMapping("/v1/health/ready")
    ResponseEntity<HealthReport> ready(HttpServletRequest request) {
        return answer(health.report(HealthGroup.READY), request);
    }

    @GetMapping("/v1/health/startup")
    ResponseEntity<HealthReport> startup(HttpServletRequest request) {
        return answer(health.report(HealthGroup.STARTUP), request);
    }

    private static ResponseEntity<HealthReport> answer(HealthReport report, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = report.status().serves()
                ? ResponseEntity.ok()
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header("Retry-After", NEXT_RUN);
        return answer.body(Caller.isAnonymous(request) ? withoutWords(report) : report);
    }

    /** What checks and operators say may tell more than a stranger should know. */
    private static HealthReport withoutWords(HealthReport report) {
        Maintenance word = report.maintenance();
        return new HealthReport(
                report.status(),
                report.checks().stream().map(HealthController::withoutWords).toList(),
                new Maintenance(word.enabled(), null, word.since()),
                report.staleSince());
    }

    private static CheckState withoutWords(CheckState check) {
        return new CheckState(
                check.name(),
                check.type(),
                check.status(),
                check.groups(),
                check.critical(),
                null,
                check.lastRunAt(),
                check.durationMs(),
                check.passes(),
                check.failures(),
                check.since());
    }
}
