package dev.sidecar.resilience;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What resilience tells of itself, by upstream. Nothing is done for it in a call. */
final class ResilienceMeters {

    /** Names of services come from outside, a time series for each must not be without end. */
    private static final int MAX_UPSTREAMS = 100;

    private final MeterRegistry registry;
    private final Map<String, Bound> bound = new HashMap<>();

    private record Bound(Upstream upstream, List<Meter> meters) {}

    ResilienceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** In place of what had the name: the registry knows a meter by its name and tags only. */
    synchronized void bind(Upstream upstream) {
        String name = upstream.name();
        remove(name);
        if (bound.size() >= MAX_UPSTREAMS) {
            return;
        }
        Tally tally = upstream.tally;
        List<Meter> meters = new ArrayList<>();
        meters.add(Gauge.builder(
                        "sidecar.resilience.circuit", upstream, u -> u.circuit().ordinal())
                .description("0 closed, 1 half open, 2 open")
                .tag("upstream", name)
                .register(registry));
        meters.add(Gauge.builder(
                        "sidecar.resilience.ejected", upstream, u -> u.members().ejected(u.ticker.nanos()))
                .description("Instances that are left out at the moment")
                .tag("upstream", name)
                .register(registry));
        meters.add(Gauge.builder("sidecar.resilience.running", upstream, u -> u.running.get())
                .description("Calls under way")
                .tag("upstream", name)
                .register(registry));
        meters.add(Gauge.builder("sidecar.resilience.retry.budget", upstream, u -> u.budget.left())
                .description("Retries that could be made now")
                .tag("upstream", name)
                .register(registry));
        meters.add(counter("sidecar.resilience.calls", tally.calls, name));
        meters.add(counter("sidecar.resilience.tries", tally.tries, name));
        meters.add(counter("sidecar.resilience.retries", tally.retries, name));
        meters.add(counter("sidecar.resilience.hedges", tally.hedges, name));
        meters.add(counter("sidecar.resilience.ejections", tally.ejections, name));
        for (Reason reason : Reason.values()) {
            meters.add(FunctionCounter.builder("sidecar.resilience.refused", tally.of(reason), LongAdder::sum)
                    .description("What was answered or given up, by reason")
                    .tag("upstream", name)
                    .tag("reason", reason.code())
                    .register(registry));
        }
        bound.put(name, new Bound(upstream, meters));
    }

    private FunctionCounter counter(String meter, LongAdder count, String upstream) {
        return FunctionCounter.builder(meter, count, LongAdder::sum)
                .tag("upstream", upstream)
                .register(registry);
    }

    synchronized void unbind(Upstream upstream) {
        Bound known = bound.get(upstream.name());
        if (known != null && known.upstream == upstream) {
            remove(upstream.name());
        }
    }

    private void remove(String name) {
        Bound known = bound.remove(name);
        if (known != null) {
            known.meters.forEach(registry::remove);
        }
    }
}
