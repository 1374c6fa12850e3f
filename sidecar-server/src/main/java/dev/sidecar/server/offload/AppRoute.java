package dev.sidecar.server.offload;

import dev.sidecar.Problem;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.Pick;
import dev.sidecar.server.proxy.Reasons;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.RouteLimits;
import dev.sidecar.server.proxy.Target;
import org.jspecify.annotations.Nullable;

/** The way to the application: one place, one attempt. */
final class AppRoute implements Route {

    private final Pick app;
    private final RouteLimits limits;

    AppRoute(Target app, RouteLimits limits) {
        this.app = new Pick.Instance(app);
        this.limits = limits;
    }

    @Override
    public String name() {
        return "app";
    }

    @Override
    public RouteLimits limits() {
        return limits;
    }

    @Override
    public Pick next(Exchange exchange) {
        return app;
    }

    @Override
    public @Nullable Answer failed(String reason) {
        return switch (reason) {
            case Reasons.CONNECT_FAILED -> ReadinessGate.notReady("it does not accept connections");
            case Reasons.BODY_TOO_LARGE ->
                Answer.of(Problem.of(
                        413,
                        reason,
                        "the request's content is larger than " + limits.maxBodyBytes()
                                + " bytes; sidecar.offload.max-body-size sets the limit"));
            default -> null;
        };
    }
}
