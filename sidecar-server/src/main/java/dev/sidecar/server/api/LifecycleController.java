package dev.sidecar.server.api;

import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.Lifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/drain} and {@code POST /v1/shutdown}: asked for here, done elsewhere. */
@RestController
final class LifecycleController {

    private final Lifecycle lifecycle;

    LifecycleController(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The state after the request, in which the rest happens. */
    record Accepted(LifecycleState state) {}

    @PostMapping("/v1/drain")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted drain() {
        lifecycle.drain();
        return new Accepted(lifecycle.state());
    }

    @PostMapping("/v1/shutdown")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted shutdown() {
        lifecycle.requestShutdown("POST /v1/shutdown");
        return new Accepted(lifecycle.state());
    }
}
