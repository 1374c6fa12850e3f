package dev.sidecar.server.edge;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.server.edge.apply.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Managed proxies: their state, and what an operator may ask of them. */
@RestController
final class EdgeController {

    private final ObjectProvider<Edge> edge;

    EdgeController(ObjectProvider<Edge> edge) {
        this.edge = edge;
    }

    /** All of them. */
    record Proxies(List<ProxyView> proxies) {}

    /** @param force whether guards are overridden */
    record ApplyRequest(@Nullable Boolean force) {}

    @GetMapping("/v1/edge")
    Proxies list() {
        Edge configured = edge.getIfAvailable();
        return new Proxies(configured == null ? List.of() : configured.views());
    }

    @GetMapping("/v1/edge/{name}")
    ProxyView show(@PathVariable String name) {
        return proxy(name).view();
    }

    @GetMapping("/v1/edge/{name}/candidate")
    ManagedProxy.Preview candidate(@PathVariable String name) {
        return proxy(name).preview();
    }

    @PostMapping("/v1/edge/{name}/apply")
    ProxyView apply(
            @PathVariable String name,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestBody(required = false) @Nullable ApplyRequest request) {
        boolean forced = force || request != null && Boolean.TRUE.equals(request.force());
        return answer(proxy(name), proxy(name).apply(forced));
    }

    @PostMapping("/v1/edge/{name}/rollback")
    ProxyView rollback(@PathVariable String name) {
        ManagedProxy proxy = proxy(name);
        Outcome outcome = proxy.rollback();
        if (outcome == null) {
            throw SidecarException.conflict(
                    "nothing-to-roll-back", name + " has no configuration before the one that is served");
        }
        return answer(proxy, outcome);
    }

    private ManagedProxy proxy(String name) {
        Edge configured = edge.getIfAvailable();
        if (configured == null) {
            throw Edge.unknown(name);
        }
        return configured.proxy(name);
    }

    /** A command fails loudly: only what serves is a success. */
    private static ProxyView answer(ManagedProxy proxy, Outcome outcome) {
        String reason = outcome.reason() + (outcome.message().isEmpty() ? "" : ": " + outcome.message());
        if (outcome instanceof Outcome.Held) {
            throw SidecarException.conflict("edge-held", reason);
        }
        if (outcome instanceof Outcome.Rejected) {
            throw new SidecarException(Problem.of(422, "edge-rejected", reason));
        }
        if (outcome instanceof Outcome.RolledBack) {
            throw new SidecarException(Problem.of(502, "edge-rolled-back", reason));
        }
        if (outcome instanceof Outcome.Pending) {
            throw new SidecarException(Problem.of(503, "edge-pending", reason).retryAfter(1));
        }
        return proxy.view();
    }
}
