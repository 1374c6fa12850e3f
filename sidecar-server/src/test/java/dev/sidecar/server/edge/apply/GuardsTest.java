package dev.sidecar.server.edge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.edge.apply.Guards.Passed;
import dev.sidecar.server.edge.input.InputState;
import dev.sidecar.server.edge.input.Server;
import dev.sidecar.server.edge.input.ServiceRead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardsTest {

    private final Guards guards = new Guards(1, 50);

    @Test
    void aServiceThatLostTooManyKeepsThemWhileTheOthersGoOn() {
        Passed passed = guards.pass(
                List.of(read("orders", 1, null), read("stock", 3, null)),
                Map.of("orders", servers(4), "stock", servers(2)),
                false);

        assertThat(passed.servers().get("orders")).hasSize(4);
        assertThat(passed.servers().get("stock")).hasSize(3);
        assertThat(passed.held()).extracting(Guards.Hold::guard).containsExactly("max-shrink");
    }

    @Test
    void halfMayGoAtOnce() {
        assertThat(pass(2, 4, null, false).held()).isEmpty();
        assertThat(pass(1, 2, null, false).held()).isEmpty();
        assertThat(pass(1, 3, null, false).held()).isNotEmpty();
    }

    @Test
    void anEmptyReadKeepsTheLastKnownOnes() {
        assertThat(pass(0, 2, null, false).servers().get("orders")).hasSize(2);
        Passed stale = pass(0, 2, "away", false);
        assertThat(stale.servers().get("orders")).hasSize(2);
        assertThat(stale.held().get(0).guard()).isEqualTo("stale");
    }

    @Test
    void anOperatorOverridesThem() {
        Passed passed = pass(0, 2, null, true);
        assertThat(passed.servers().get("orders")).isEmpty();
        assertThat(passed.held()).isEmpty();
    }

    @Test
    void whereNothingEverWasThereIsNothingToServe() {
        assertThat(pass(0, 0, null, false).empty()).isTrue();
    }

    @Test
    void aChangeIsDueWhenItIsQuietAndNoLaterThanTheMaximum() {
        Quiescence quiet = new Quiescence(Duration.ofMillis(200), Duration.ofSeconds(2));

        assertThat(quiet.changed(0)).isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(quiet.changed(Duration.ofMillis(1900).toNanos()))
                .isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(quiet.changed(Duration.ofMillis(2500).toNanos())).isZero();
        quiet.settled();
        assertThat(quiet.changed(Duration.ofMillis(2600).toNanos()))
                .isEqualTo(Duration.ofMillis(200).toNanos());
    }

    private Passed pass(int now, int before, String stale, boolean force) {
        return guards.pass(List.of(read("orders", now, stale)), Map.of("orders", servers(before)), force);
    }

    private static ServiceRead read(String service, int count, String stale) {
        return new ServiceRead(
                service, servers(count), new InputState("discovery", service, Instant.EPOCH, stale), List.of());
    }

    private static List<Server> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Server("s" + i, "127.0.0.1", 1000 + i, false, Map.of()))
                .toList();
    }
}
