package dev.sidecar.server.edge;

import dev.sidecar.server.edge.apply.EdgeState;
import dev.sidecar.server.edge.apply.Guards;
import dev.sidecar.server.edge.input.InputState;
import dev.sidecar.server.edge.input.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of a proxy.
 *
 * @param since when it came into this state
 * @param generation of what is served; null when nothing was ever confirmed
 * @param lastGood what was confirmed last: it serves unless the state says otherwise; null when nothing ever was
 * @param servers of each service as they are served
 * @param reason why it is not confirmed
 * @param message the proxy's own words about it
 * @param diff from what is served to what was tried
 * @param attempts at what was tried, in a row
 * @param retryAt when it is tried again
 * @param held services whose servers a guard keeps
 * @param skipped instances that cannot be served, with the reason
 * @param history latest first
 */
public record ProxyView(
        String name,
        ProxyProperties.DriverType driver,
        EdgeState state,
        Instant since,
        String destination,
        @Nullable String generation,
        @Nullable Instant confirmedAt,
        @Nullable LastGoodView lastGood,
        List<ServiceView> services,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String diff,
        int attempts,
        @Nullable Instant retryAt,
        List<Guards.Hold> held,
        List<String> skipped,
        List<InputView> inputs,
        List<Event> history) {

    /** The status with what the inputs say at this moment. */
    static ProxyView of(String name, ProxyProperties properties, ProxyStatus now, World world, List<Event> history) {
        Event trouble = now.trouble();
        return new ProxyView(
                name,
                properties.driver(),
                now.state(),
                now.since(),
                properties.destination().toString(),
                now.generation(),
                now.confirmedAt(),
                now.lastGood(),
                properties.services().stream()
                        .map(service -> new ServiceView(
                                service,
                                now.servers().getOrDefault(service, List.of()).size()))
                        .toList(),
                now.reason(),
                trouble == null ? null : trouble.message(),
                trouble == null ? null : trouble.diff(),
                trouble == null ? 0 : trouble.attempts(),
                now.retryAt(),
                now.held(),
                world.services().stream()
                        .flatMap(read -> read.skipped().stream())
                        .toList(),
                world.inputs().stream()
                        .map(input -> InputView.of(input, now.kept()))
                        .toList(),
                history);
    }

    /**
     * The configuration to go back to.
     *
     * @param confirmedAt null when it was confirmed by an earlier sidecar and not looked at since
     * @param instances of all services by name, with their addresses
     */
    public record LastGoodView(
            String generation, @Nullable Instant confirmedAt, Map<String, List<InstanceView>> instances) {}

    /** One server as the proxy has it. */
    public record InstanceView(String instance, String address, int port) {}

    /** A service and how many servers of it are served. */
    public record ServiceView(String service, int servers) {}

    /**
     * An input and how fresh it is.
     *
     * @param ageMs since it was last read and known to be so; null when it never was
     * @param stale why what is served is older than that: it cannot be read, or a guard keeps the last known servers
     */
    public record InputView(
            String kind, String name, @Nullable Instant confirmedAt, @Nullable Long ageMs, @Nullable String stale) {

        /** @param held services whose last known servers are kept */
        static InputView of(InputState state, List<Guards.Hold> held) {
            Instant at = state.confirmedAt();
            String kept = held.stream()
                    .filter(hold ->
                            state.kind().equals("discovery") && hold.service().equals(state.name()))
                    .map(Guards.Hold::detail)
                    .findFirst()
                    .orElse(null);
            return new InputView(
                    state.kind(),
                    state.name(),
                    at,
                    at == null ? null : Math.max(0, Instant.now().toEpochMilli() - at.toEpochMilli()),
                    state.stale() == null ? kept : state.stale());
        }
    }

    /**
     * An attempt that ended; the same failure again and again is one.
     *
     * @param how {@code reload}, {@code runtime}, {@code command} or {@code file} for a confirmed one
     */
    public record Event(
            Instant at,
            EdgeState state,
            String generation,
            @Nullable String how,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String diff,
            int attempts,
            long tookMs) {}
}
