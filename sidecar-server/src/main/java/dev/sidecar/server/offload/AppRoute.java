package dev.sidecar.server.offload;

import dev.sidecar.Problem;
import dev.sidecar.server.offload.negotiation.AnswerCompression;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.Pick;
import dev.sidecar.server.proxy.Reasons;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.RouteLimits;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseEdit;
import dev.sidecar.server.proxy.http1.ResponseHead;
import org.jspecify.annotations.Nullable;

/** The way to the application: one place, one attempt. */
final class AppRoute implements Route {

    private final AppTarget app;
    private final RouteLimits limits;
    private final boolean compress;

    AppRoute(AppTarget app, RouteLimits limits, boolean compress) {
        this.app = app;
        this.limits = limits;
        this.compress = compress;
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
        return app.pick();
    }

    @Override
    public ResponseEdit change(RequestHead request, ResponseHead response) {
        return compress ? AnswerCompression.of(request, response) : ResponseEdit.NONE;
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
