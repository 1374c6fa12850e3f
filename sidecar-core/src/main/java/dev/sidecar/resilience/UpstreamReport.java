package dev.sidecar.resilience;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream is called, and how that goes.
 *
 * @param name the service, or the route
 * @param service in discovery; null for fixed URLs
 * @param policy all that decides
 * @param running calls under way
 * @param concurrencyLimit as found out; null when that is off
 * @param retryBudget how many retries could be made now
 * @param refused how often what was answered or given up, by {@link Reason#code()}; only what happened
 */
public record UpstreamReport(
        String name,
        @Nullable String service,
        ResiliencePolicy policy,
        CircuitState circuit,
        List<InstanceReport> instances,
        int running,
        @Nullable Integer concurrencyLimit,
        int retryBudget,
        long calls,
        long tries,
        long retries,
        long hedges,
        long ejections,
        Map<String, Long> refused) {

    public UpstreamReport {
        instances = List.copyOf(instances);
        refused = Map.copyOf(refused);
    }
}
