package dev.sidecar.server.environment;

import dev.sidecar.Sidecar;
import dev.sidecar.environment.Environment;
import dev.sidecar.environment.EnvironmentFacts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/environment}. */
@RestController
public final class EnvironmentController {

    private final Environment environment;

    EnvironmentController(Sidecar sidecar) {
        this.environment = sidecar.environment();
    }

    @GetMapping("/v1/environment")
    EnvironmentFacts facts() {
        return environment.facts();
    }
}
