package dev.sidecar.client.resilience;

import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.discovery.ServiceNames;
import dev.sidecar.resilience.Resilience;
import dev.sidecar.resilience.ResilienceReport;
import dev.sidecar.resilience.UpstreamReport;

/** How the sidecar calls neighbours. There is nothing to fall back on: reading needs the sidecar. Thread-safe. */
public final class RemoteResilience implements Resilience {

    private static final String PATH = "/v1/resilience";

    private final Api api;

    public RemoteResilience(Api api) {
        this.api = api;
    }

    @Override
    public ResilienceReport report() {
        return api.call(Request.get(PATH), ResilienceReport.class);
    }

    @Override
    public UpstreamReport upstream(String name) {
        String target =
                Target.of(PATH).segment(ServiceNames.check("upstream", name)).toString();
        return api.call(Request.get(target), UpstreamReport.class);
    }
}
