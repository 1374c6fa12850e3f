package dev.sidecar.server.edge;

import dev.sidecar.server.edge.apply.EdgeState;
import dev.sidecar.server.edge.apply.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What one proxy tells of itself. */
final class EdgeMeters {

    private final MeterRegistry registry;
    private final String proxy;

    EdgeMeters(MeterRegistry registry, String proxy) {
        this.registry = registry;
        this.proxy = proxy;
    }

    void bind(Supplier<EdgeState> state, Supplier<Number> servers) {
        Gauge.builder("sidecar.edge.confirmed", () -> state.get() == EdgeState.CONFIRMED ? 1 : 0)
                .description("1 while what should be served is served")
                .tag("proxy", proxy)
                .register(registry);
        for (EdgeState each : EdgeState.values()) {
            Gauge.builder("sidecar.edge.state", () -> state.get() == each ? 1 : 0)
                    .description("1 for the state the proxy is in")
                    .tags("proxy", proxy, "state", each.word())
                    .register(registry);
        }
        Gauge.builder("sidecar.edge.servers", servers)
                .description("Servers in the configuration that is served")
                .tag("proxy", proxy)
                .register(registry);
    }

    void ended(Outcome outcome, Duration took) {
        Counter.builder("sidecar.edge.applies")
                .description("Attempts to change the proxy, by how they ended")
                .tags("proxy", proxy, "outcome", outcome.state().word())
                .register(registry)
                .increment();
        Timer.builder("sidecar.edge.apply")
                .description("From a rendered candidate to its end")
                .tag("proxy", proxy)
                .register(registry)
                .record(took);
    }
}
