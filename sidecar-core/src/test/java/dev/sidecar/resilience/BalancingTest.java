package dev.sidecar.resilience;

import static dev.sidecar.resilience.BalancingStrategy.CONSISTENT_HASH;
import static dev.sidecar.resilience.BalancingStrategy.LEAST_REQUEST;
import static dev.sidecar.resilience.BalancingStrategy.PEAK_EWMA;
import static dev.sidecar.resilience.BalancingStrategy.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancingTest {

    private static Neighbour neighbour(BalancingStrategy strategy, int instances) {
        return new Neighbour(Neighbour.policy(parts -> parts.balancing(strategy, null)), instances);
    }

    @Test
    void roundRobinTakesOneAfterTheOther() {
        Neighbour inventory = neighbour(ROUND_ROBIN, 3);

        assertThat(IntStream.range(0, 6).mapToObj(i -> inventory.tryOnce(200)))
                .containsExactly("i0", "i1", "i2", "i0", "i1", "i2");
    }

    @Test
    void leastRequestTakesTheOneThatIsLeastBusy() {
        Neighbour inventory = neighbour(LEAST_REQUEST, 3);
        Instance one = inventory.get().next().instance();
        Instance two = inventory.get().next().instance();
        Instance three = inventory.get().next().instance();

        assertThat(List.of(one.id(), two.id(), three.id())).doesNotHaveDuplicates();
    }

    @Test
    void peakEwmaLeavesTheSlowOneAlone() {
        Neighbour inventory = neighbour(PEAK_EWMA, 3);
        Random chance = new Random(1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            inventory.roll = chance.nextDouble();
            Call call = inventory.get();
            Attempt attempt = call.next();
            inventory.pass(Duration.ofMillis(attempt.instance().id().equals("i0") ? 500 : 1));
            attempt.answered(200, null);
            attempt.end();
            call.end();
            counts.merge(attempt.instance().id(), 1, Integer::sum);
        }

        assertThat(counts.getOrDefault("i0", 0)).isLessThan(100);
        assertThat(counts.get("i1")).isGreaterThan(500);
        assertThat(counts.get("i2")).isGreaterThan(500);
    }

    @Test
    void consistentHashKeepsAKeyWhereItIsAndMovesOnlyTheKeysOfTheOneThatWent() {
        Neighbour inventory = neighbour(CONSISTENT_HASH, 5);
        Map<String, String> before = homes(inventory);
        assertThat(homes(inventory)).isEqualTo(before);
        assertThat(before.values()).containsOnly("i0", "i1", "i2", "i3", "i4");

        inventory.upstream.instances(
                List.of("i0", "i1", "i3", "i4").stream()
                        .map(id -> Neighbour.instance(id, null))
                        .toList(),
                true);
        Map<String, String> after = homes(inventory);

        before.forEach((key, home) -> {
            if (!home.equals("i2")) {
                assertThat(after.get(key)).isEqualTo(home);
            }
        });
        assertThat(after.values()).doesNotContain("i2");
    }

    private static Map<String, String> homes(Neighbour inventory) {
        Map<String, String> homes = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            homes.put(
                    "user-" + i,
                    inventory
                            .upstream
                            .call("GET", false, "user-" + i)
                            .next()
                            .instance()
                            .id());
        }
        return homes;
    }

    @Test
    void theOwnZoneIsPreferredAsLongAsItServes() {
        Neighbour inventory = new Neighbour(
                Neighbour.policy(parts -> parts.balancing(ROUND_ROBIN, "a").outliers()), 0);
        inventory.upstream.instances(List.of(Neighbour.instance("i0", "b"), Neighbour.instance("i1", "a")), true);

        assertThat(IntStream.range(0, 4).mapToObj(i -> inventory.tryOnce(200))).containsOnly("i1");
        for (int i = 0; i < 3; i++) {
            inventory.tryOnce(500);
        }
        assertThat(inventory.tryOnce(200)).isEqualTo("i0");
    }

    @Test
    void whatIsKnownOfAnInstanceOutlivesAChangeOfTheList() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::outliers), 2);
        for (int i = 0; i < 6; i++) {
            inventory.exchange(Map.of("i0", 500));
        }
        inventory.upstream.instances(
                List.of(Neighbour.instance("i0", null), Neighbour.instance("i1", null), Neighbour.instance("i2", null)),
                true);

        assertThat(IntStream.range(0, 10).mapToObj(i -> inventory.tryOnce(200))).containsOnly("i1", "i2");
    }
}
