package dev.sidecar.resilience;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says of an upstream how it is. */
final class Reports {

    private Reports() {}

    static UpstreamReport of(Upstream upstream) {
        long now = upstream.ticker.nanos();
        List<InstanceReport> instances = upstream.members().all().stream()
                .map(member -> instance(member, now))
                .toList();
        Tally tally = upstream.tally;
        return new UpstreamReport(
                upstream.name(),
                upstream.service(),
                upstream.policy(),
                upstream.circuit(),
                instances,
                upstream.running.get(),
                upstream.concurrency == null ? null : upstream.concurrency.limit(),
                upstream.budget.left(),
                tally.calls.sum(),
                tally.tries.sum(),
                tally.retries.sum(),
                tally.hedges.sum(),
                tally.ejections.sum(),
                refused(tally));
    }

    private static Map<String, Long> refused(Tally tally) {
        Map<String, Long> refused = new TreeMap<>();
        for (Reason reason : Reason.values()) {
            long count = tally.of(reason).sum();
            if (count > 0) {
                refused.put(reason.code(), count);
            }
        }
        return refused;
    }

    private static InstanceReport instance(Member member, long now) {
        Instance i = member.instance;
        double latency = member.latencyNanos(now);
        return new InstanceReport(
                i.id(),
                i.host(),
                i.port(),
                positive(member.ejectedForNanos(now) / 1_000_000),
                member.running.get(),
                latency == 0 ? null : Math.round(latency / 10_000) / 100.0);
    }

    private static @Nullable Long positive(long value) {
        return value > 0 ? value : null;
    }
}
