package dev.sidecar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

    private final Neighbour inventory = new Neighbour(Neighbour.policy(parts -> parts.retries(2)), 3);

    @ParameterizedTest
    @CsvSource({
        "GET, false, true", "HEAD, false, true", "PUT, false, true", "DELETE, false, true", "OPTIONS, false, true",
        "TRACE, false, true", "POST, false, false", "PATCH, false, false", "POST, true, true", "QUERY, false, false"
    })
    void onlyWhatMayHappenTwiceIsTriedAgain(String method, boolean idempotencyKey, boolean again) {
        Call call = inventory.upstream.call(method, idempotencyKey, null);

        assertThat(call.next().answered(503, null) >= 0).isEqualTo(again);
        assertThat(call.refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "200, false",
        "404, false",
        "429, false",
        "500, false",
        "501, false",
        "502, true",
        "503, true",
        "504, true"
    })
    void onlyListedStatusesAreTriedAgain(int status, boolean again) {
        assertThat(inventory.get().next().answered(status, null) >= 0).isEqualTo(again);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void onlyListedFailuresAreTriedAgain(Failure failure) {
        Call call = inventory.get();

        long pause = call.next().failed(failure);

        assertThat(pause >= 0).isEqualTo(failure.condition() != null);
        assertThat(call.refusal()).isEqualTo(failure.reason());
    }

    @Test
    void noRetriesMeansNone() {
        Neighbour none = new Neighbour(Neighbour.policy(parts -> parts.retries(0)), 3);
        Call call = none.get();

        assertThat(call.next().failed(Failure.CONNECT)).isEqualTo(Call.NO_RETRY);
        assertThat(call.refusal()).isEqualTo(Reason.CONNECT_FAILED);
        assertThat(call.tries()).isEqualTo(1);
    }

    @Test
    void anotherTryGoesToAnotherInstance() {
        Call call = inventory.get();
        Attempt first = call.next();
        first.failed(Failure.RESET);
        Attempt second = call.next();
        second.failed(Failure.RESET);
        Attempt third = call.next();

        assertThat(third.failed(Failure.RESET)).isEqualTo(Call.NO_RETRY);
        assertThat(call.denied()).isEqualTo(Reason.RETRIES_EXHAUSTED);
        assertThat(first.instance()).isNotEqualTo(second.instance());
        assertThat(third.instance()).isNotIn(first.instance(), second.instance());
    }

    @Test
    void thePauseIsRandomUpToTwiceTheOneBefore() {
        inventory.roll = 0.999;
        Call call = inventory.get();
        assertThat(call.next().failed(Failure.RESET)).isBetween(99_000_000L, 100_000_000L);
        assertThat(call.next().failed(Failure.RESET)).isBetween(199_000_000L, 200_000_000L);
        inventory.roll = 0;
        assertThat(inventory.get().next().failed(Failure.RESET)).isZero();
    }

    @Test
    void retryAfterIsRespected() {
        assertThat(inventory.get().next().answered(503, "2"))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(inventory.get().next().answered(503, "Thu, 01 Jan 1970 00:00:04 GMT"))
                .isBetween(3_900_000_000L, 4_000_000_000L);
        assertThat(inventory.get().next().answered(503, "soon")).isEqualTo(50_000_000L);
        Call call = inventory.get();
        assertThat(call.next().answered(503, "60")).isEqualTo(Call.NO_RETRY);
        assertThat(call.denied()).isEqualTo(Reason.UPSTREAM_TIMEOUT);
    }

    @Test
    void nothingIsTriedAfterTheTotalTime() {
        Call call = inventory.get();
        Attempt attempt = call.next();
        assertThat(attempt.timeoutNanos()).isEqualTo(Duration.ofSeconds(15).toNanos());
        inventory.pass(Duration.ofSeconds(15));

        assertThat(attempt.failed(Failure.TIMEOUT)).isEqualTo(Call.NO_RETRY);
        assertThat(call.refusal()).isEqualTo(Reason.UPSTREAM_TIMEOUT);
        assertThat(call.next()).isNull();
    }

    @Test
    void aTryHasATimeOfItsOwn() {
        Neighbour slow = new Neighbour(
                Neighbour.policy(parts -> {
                    parts.tryTimeout = Duration.ofSeconds(10);
                    return parts.retries(1);
                }),
                2);
        Call call = slow.get();
        Attempt first = call.next();
        assertThat(first.timeoutNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
        slow.pass(Duration.ofSeconds(10));
        assertThat(first.failed(Failure.TIMEOUT)).isEqualTo(50_000_000L);
        assertThat(call.next().timeoutNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void aBodyThatIsNotKeptIsNotSentAgain() {
        Call call = inventory.upstream.call("PUT", false, null);
        Attempt attempt = call.next();
        call.notReplayable();

        assertThat(attempt.answered(503, null)).isEqualTo(Call.NO_RETRY);
        assertThat(call.denied()).isEqualTo(Reason.BODY_NOT_REPLAYABLE);
    }

    @Test
    void aSlowCallIsHedgedAtAnotherInstance() {
        Neighbour hedged = new Neighbour(
                Neighbour.policy(parts -> {
                    parts.hedging = new HedgingPolicy(Duration.ofMillis(50), 1);
                    return parts;
                }),
                2);
        Call call = hedged.get();
        Attempt slow = call.next();
        assertThat(call.hedgeDelayNanos()).isEqualTo(50_000_000L);
        Attempt quick = call.hedge();
        assertThat(quick.instance()).isNotEqualTo(slow.instance());
        assertThat(call.hedgeDelayNanos()).isEqualTo(Call.NO_RETRY);
        assertThat(call.hedge()).isNull();
        quick.answered(200, null);
        slow.abandon();
        assertThat(hedged.upstream.tally.hedges.sum()).isEqualTo(1);
        assertThat(hedged.upstream.call("POST", false, null).hedgeDelayNanos()).isEqualTo(Call.NO_RETRY);
    }
}
