package dev.sidecar.server.edge.apply;

import dev.sidecar.server.edge.input.Server;
import dev.sidecar.server.edge.input.ServiceRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a registry that is wrong from emptying a proxy: a service that lost too much keeps the servers it had, while
 * the others go on.
 *
 * @param minServers of a service
 * @param maxShrinkPercent of a service's servers that may go at once
 */
public record Guards(int minServers, int maxShrinkPercent) {

    /**
     * A service whose servers are kept.
     *
     * @param guard {@code min-servers}, {@code max-shrink} or {@code stale}
     */
    public record Hold(String service, String guard, String detail) {}

    /** What may be served, and what is held back. */
    public record Passed(Map<String, List<Server>> servers, List<Hold> held) {

        /** Whether there is nothing to serve and never was. */
        public boolean empty() {
            return !servers.isEmpty() && servers.values().stream().allMatch(List::isEmpty);
        }

        public int count() {
            return servers.values().stream().mapToInt(List::size).sum();
        }
    }

    /** @param known the servers that were applied last, by service */
    public Passed pass(List<ServiceRead> reads, Map<String, List<Server>> known, boolean force) {
        Map<String, List<Server>> servers = new LinkedHashMap<>();
        List<Hold> held = new ArrayList<>();
        for (ServiceRead read : reads) {
            List<Server> before = known.getOrDefault(read.service(), List.of());
            Hold hold = force ? null : judge(read, before.size());
            if (hold != null) {
                held.add(hold);
            }
            servers.put(read.service(), hold == null || before.isEmpty() ? read.servers() : before);
        }
        return new Passed(servers, held);
    }

    private @org.jspecify.annotations.Nullable Hold judge(ServiceRead read, int before) {
        int now = read.servers().size();
        String service = read.service();
        if (now == 0 && read.state().stale() != null) {
            return new Hold(service, "stale", read.state().stale() + "; the last known servers are kept");
        }
        if (now < minServers && (now < before || before == 0)) {
            return new Hold(
                    service,
                    "min-servers",
                    service + " has " + now + " of at least " + minServers + " servers" + kept(before));
        }
        if (before > now && (before - now) * 100 > maxShrinkPercent * before) {
            return new Hold(
                    service,
                    "max-shrink",
                    service + " would go from " + before + " to " + now + " servers, by more than " + maxShrinkPercent
                            + "% at once" + kept(before));
        }
        return null;
    }

    private static String kept(int before) {
        return before == 0 ? "" : "; its last known " + before + " are kept, 'apply --force' overrides";
    }
}
