package dev.sidecar.server.resilience;

import dev.sidecar.Sidecar;
import dev.sidecar.resilience.Resilience;
import dev.sidecar.resilience.ResilienceReport;
import dev.sidecar.resilience.UpstreamReport;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The effective policy of each upstream, and the state of its breaker, its instances and its retry budget. */
@RestController
public final class ResilienceController {

    private final Resilience resilience;

    ResilienceController(Sidecar sidecar) {
        this.resilience = sidecar.resilience();
    }

    @GetMapping("/v1/resilience")
    ResilienceReport report() {
        return resilience.report();
    }

    @GetMapping("/v1/resilience/{upstream}")
    UpstreamReport upstream(@PathVariable String upstream) {
        return resilience.upstream(upstream);
    }
}
