package dev.sidecar.server.edge;

import dev.sidecar.server.edge.ProxyView.Event;
import dev.sidecar.server.edge.apply.EdgeState;
import dev.sidecar.server.edge.apply.Guards;
import dev.sidecar.server.edge.apply.Outcome;
import dev.sidecar.server.edge.input.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a proxy from outside, as a whole.
 *
 * @param generation of the last good configuration; null when there is none
 * @param confirmedAt when that was confirmed; null when not since this process began
 * @param servers in it
 * @param trouble the attempt that failed last; null when all is well
 * @param waiting why nothing is done; null when something is
 */
record ProxyStatus(
        EdgeState state,
        Instant since,
        @Nullable String generation,
        @Nullable Instant confirmedAt,
        Map<String, List<Server>> servers,
        List<Guards.Hold> held,
        @Nullable Event trouble,
        @Nullable String waiting,
        @Nullable Instant retryAt) {

    /** Before anything was seen. */
    static ProxyStatus first() {
        return new ProxyStatus(EdgeState.WATCHING, Instant.now(), null, null, Map.of(), List.of(), null, null, null);
    }

    /** What an earlier process left: it served, and nobody has looked yet. */
    ProxyStatus knowing(@Nullable String lastGood, Map<String, List<Server>> lastServers) {
        return new ProxyStatus(state, since, lastGood, null, lastServers, List.of(), null, null, null);
    }

    ProxyStatus in(EdgeState next) {
        return new ProxyStatus(
                next,
                next == state ? since : Instant.now(),
                generation,
                confirmedAt,
                servers,
                held,
                trouble,
                waiting,
                retryAt);
    }

    /** There is no proxy. */
    ProxyStatus pending(Event gone) {
        return new ProxyStatus(
                EdgeState.PENDING, Instant.now(), generation, confirmedAt, servers, held, gone, null, null);
    }

    /**
     * An attempt ended.
     *
     * @param generation that was tried
     * @param passed what the guards let through
     * @param retryAt when it is tried again; null when it went well
     */
    ProxyStatus after(
            Outcome outcome, Event event, String generation, Guards.Passed passed, @Nullable Instant retryAt) {
        if (outcome.failed()) {
            return new ProxyStatus(
                    outcome.state(),
                    Instant.now(),
                    this.generation,
                    confirmedAt,
                    servers,
                    passed.held(),
                    event,
                    null,
                    retryAt);
        }
        boolean guarded = !passed.held().isEmpty();
        String reason = guarded ? passed.held().get(0).detail() : outcome.reason();
        return new ProxyStatus(
                guarded ? EdgeState.HELD : outcome.state(),
                Instant.now(),
                generation,
                Instant.now(),
                passed.servers(),
                passed.held(),
                null,
                reason.isEmpty() ? null : reason,
                null);
    }

    /** Nothing was done, because nothing had to be or might be. */
    ProxyStatus resting(Outcome outcome, List<Guards.Hold> holds) {
        boolean unchanged = outcome instanceof Outcome.Unchanged;
        EdgeState next = unchanged && !holds.isEmpty() ? EdgeState.HELD : outcome.state();
        String reason = holds.isEmpty() ? outcome.reason() : holds.get(0).detail();
        return new ProxyStatus(
                next,
                next == state ? since : Instant.now(),
                generation,
                unchanged && confirmedAt == null ? Instant.now() : confirmedAt,
                servers,
                holds,
                unchanged ? null : trouble,
                reason.isEmpty() ? null : reason,
                unchanged ? null : retryAt);
    }

    /** Guards that keep older servers than the registry has. */
    List<Guards.Hold> kept() {
        return held.stream()
                .filter(hold -> !servers.getOrDefault(hold.service(), List.of()).isEmpty())
                .toList();
    }

    /** Why it is not confirmed. */
    @Nullable
    String reason() {
        return waiting == null && trouble != null ? trouble.reason() : waiting;
    }

    ProxyView.@Nullable LastGoodView lastGood() {
        if (generation == null) {
            return null;
        }
        Map<String, List<ProxyView.InstanceView>> instances = new TreeMap<>();
        servers.forEach((service, list) -> instances.put(
                service,
                list.stream()
                        .map(server -> new ProxyView.InstanceView(server.instance(), server.address(), server.port()))
                        .toList()));
        return new ProxyView.LastGoodView(generation, confirmedAt, instances);
    }

    int count() {
        return servers.values().stream().mapToInt(List::size).sum();
    }
}
