package dev.sidecar.resilience;

import java.util.List;

/**
 * The upstreams that have been called or are routed to, by name.
 *
 * @param defaults what holds for a service that has no policy of its own
 */
public record ResilienceReport(ResiliencePolicy defaults, List<UpstreamReport> upstreams) {

    public ResilienceReport {
        upstreams = List.copyOf(upstreams);
    }
}
