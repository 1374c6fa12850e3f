package dev.sidecar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens one after the other when things go wrong, under a clock that only the test moves. */
class SequencesTest {

    @Test
    void theBreakerOpensHalfOpensAndCloses() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::breaker), 1);
        for (int i = 0; i < 5; i++) {
            assertThat(inventory.tryOnce(200)).isEqualTo("i0");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(inventory.tryOnce(500)).isEqualTo("i0");
        }
        assertThat(inventory.upstream.circuit()).isEqualTo(CircuitState.CLOSED);

        inventory.tryOnce(500);
        assertThat(inventory.upstream.circuit()).isEqualTo(CircuitState.OPEN);
        Call refused = inventory.get();
        assertThat(refused.next()).isNull();
        assertThat(refused.refusal()).isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(refused.retryAfterSeconds()).isEqualTo(5);
        refused.end();

        inventory.pass(Duration.ofMillis(5001));
        assertThat(inventory.tryOnce(200)).isEqualTo("i0");
        assertThat(inventory.upstream.circuit()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(inventory.tryOnce(200)).isEqualTo("i0");
        assertThat(inventory.upstream.circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void theBreakerOpensAgainWhenTheTrialCallsFail() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::breaker), 1);
        for (int i = 0; i < 10; i++) {
            inventory.tryOnce(503);
        }
        inventory.pass(Duration.ofMillis(5001));

        Call first = inventory.get();
        Call second = inventory.get();
        Attempt one = first.next();
        Attempt two = second.next();
        assertThat(inventory.tryOnce(200)).isEqualTo("circuit-open");
        one.answered(500, null);
        two.failed(Failure.RESET);

        assertThat(inventory.upstream.circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(inventory.tryOnce(200)).isEqualTo("circuit-open");
    }

    @Test
    void atrialCallThatIsGivenUpLeavesItsPlaceToAnother() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::breaker), 1);
        for (int i = 0; i < 10; i++) {
            inventory.tryOnce(503);
        }
        inventory.pass(Duration.ofMillis(5001));
        for (int i = 0; i < 10; i++) {
            Call call = inventory.get();
            call.next().abandon();
            call.end();
        }

        assertThat(inventory.tryOnce(200)).isEqualTo("i0");
        assertThat(inventory.tryOnce(200)).isEqualTo("i0");
        assertThat(inventory.upstream.circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anInstanceIsEjectedComesBackAndIsEjectedForLonger() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::outliers), 2);
        Map<String, Integer> sick = Map.of("i0", 500);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seen.add(inventory.exchange(sick));
        }
        assertThat(seen).containsExactly("500", "200", "500", "200", "500", "200", "200", "200");

        inventory.pass(Duration.ofSeconds(10));
        assertThat(List.of(inventory.exchange(sick), inventory.exchange(sick))).containsExactlyInAnyOrder("500", "200");
        inventory.pass(Duration.ofSeconds(19));
        assertThat(inventory.exchange(sick)).isEqualTo("200");
        assertThat(inventory.exchange(sick)).isEqualTo("200");
        inventory.pass(Duration.ofSeconds(1));
        assertThat(List.of(
                        inventory.exchange(Map.of()),
                        inventory.exchange(Map.of()),
                        inventory.exchange(sick),
                        inventory.exchange(sick)))
                .contains("500");
        assertThat(inventory.upstream.members().ejected(inventory.upstream.ticker.nanos()))
                .isZero();
    }

    @Test
    void neverMoreThanTheShareIsEjected() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::outliers), 3);

        for (int i = 0; i < 30; i++) {
            inventory.tryOnce(500);
        }

        assertThat(inventory.upstream.members().ejected(inventory.upstream.ticker.nanos()))
                .isEqualTo(1);
        assertThat(inventory.upstream.tally.ejections.sum()).isEqualTo(1);
    }

    @Test
    void theOnlyInstanceIsNeverEjected() {
        Neighbour inventory = new Neighbour(Neighbour.policy(Neighbour.Parts::outliers), 1);

        for (int i = 0; i < 30; i++) {
            assertThat(inventory.tryOnce(500)).isEqualTo("i0");
        }
    }

    @Test
    void theBudgetIsSpentAndEarnedAgain() {
        Neighbour inventory = new Neighbour(Neighbour.policy(parts -> parts.retries(1)), 2);
        for (int i = 0; i < 100; i++) {
            Call call = inventory.get();
            long pause = call.next().answered(503, null);
            call.end();
            if (pause < 0) {
                assertThat(call.denied()).isEqualTo(Reason.RETRY_BUDGET_SPENT);
            }
        }
        assertThat(inventory.upstream.tally.retries.sum()).isEqualTo(10 + 100 / 5);

        for (int i = 0; i < 50; i++) {
            inventory.tryOnce(200);
        }
        assertThat(inventory.upstream.budget.left()).isEqualTo(10);
    }

    @Test
    void theLimitsOfRateAndNumberAreKept() {
        Neighbour inventory = new Neighbour(
                Neighbour.policy(parts -> {
                    parts.rate = new RateLimitPolicy(2.0, 3);
                    parts.bulkhead = new BulkheadPolicy(2);
                    return parts;
                }),
                1);
        Call one = inventory.get();
        Call two = inventory.get();
        Call three = inventory.get();
        assertThat(one.refusal()).isNull();
        assertThat(two.refusal()).isNull();
        assertThat(three.refusal()).isEqualTo(Reason.BULKHEAD_FULL);
        three.end();
        one.end();
        one.end();
        Call four = inventory.get();
        assertThat(four.refusal()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(four.retryAfterSeconds()).isEqualTo(1);
        four.end();
        inventory.pass(Duration.ofMillis(500));
        assertThat(inventory.get().refusal()).isNull();
        assertThat(inventory.get().refusal()).isEqualTo(Reason.RATE_LIMITED);
    }

    @Test
    void aNameNobodyRegisteredIsToldFromOneWithoutInstances() {
        Neighbour nobody = new Neighbour(ResiliencePolicy.DEFAULT, 0);
        assertThat(nobody.tryOnce(200)).isEqualTo("unknown-service");

        nobody.upstream.instances(List.of(), true);
        assertThat(nobody.tryOnce(200)).isEqualTo("no-instance");
    }
}
