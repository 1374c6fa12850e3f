package dev.sidecar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thirty seconds at 2000 calls a second, under the default policy, in no time. */
class SimulationTest {

    private static final int CALLS = 60_000;
    private static final Duration BETWEEN = Duration.ofNanos(500_000);

    @Test
    void anUpstreamThatFailsHalfTheTimeStillDeliversItsOtherHalf() {
        Random chance = new Random(7);
        Outcome outcome = run(4, chance, instance -> chance.nextBoolean());

        assertThat(outcome.good).isGreaterThan((int) (CALLS * 0.5 * 0.95));
        assertThat(outcome.tries).isLessThanOrEqualTo(CALLS + CALLS / 5 + 10);
    }

    @Test
    void instancesThatFailAreLeftOutAndTheOthersDeliverEverything() {
        Random chance = new Random(7);
        Outcome outcome = run(4, chance, instance -> instance.equals("i0") || instance.equals("i1"));

        assertThat(outcome.good).isGreaterThan((int) (CALLS * 0.95));
        assertThat(outcome.tries).isLessThanOrEqualTo(CALLS + CALLS / 5 + 10);
    }

    @Test
    void aDeadUpstreamIsHardlyCalled() {
        Outcome outcome = run(4, new Random(7), instance -> true);

        assertThat(outcome.good).isZero();
        assertThat(outcome.tries).isLessThan(200);
    }

    private record Outcome(int good, int tries) {}

    private interface Fate {
        boolean fails(String instance);
    }

    private static Outcome run(int instances, Random chance, Fate fate) {
        Neighbour inventory = new Neighbour(ResiliencePolicy.DEFAULT, instances);
        int good = 0;
        int tries = 0;
        for (int i = 0; i < CALLS; i++) {
            inventory.roll = chance.nextDouble();
            inventory.pass(BETWEEN);
            Call call = inventory.get();
            Attempt attempt = call.next();
            while (attempt != null) {
                tries++;
                boolean fails = fate.fails(attempt.instance().id());
                long pause = attempt.answered(fails ? 503 : 200, null);
                attempt.end();
                good += fails ? 0 : 1;
                attempt = pause < 0 ? null : call.next();
            }
            call.end();
        }
        assertThat(inventory.upstream.running.get()).isZero();
        return new Outcome(good, tries);
    }
}
