package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DEGRADED;
import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UNKNOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

    /** '+' is a pass, '-' a failure, a second apart; the letters are the status after each. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, +-+-, UDUD",
        "1, 3, +--+---+, UUUUUUDU",
        "3, 1, ++-+++-, ??DDDUD",
        "2, 2, -+-++--, ????UUD",
        "1, 3, --+---, ??UUUD",
        "2, 2, --+-++, ?DDDDU",
    })
    void followsRiseAndFall(int rise, int fall, String results, String expected) {
        CheckPolicy policy = policy(CheckDefinition.tcp("db", "h:1").rise(rise).fall(fall));
        Tally tally = Tally.EMPTY;
        StringBuilder seen = new StringBuilder();
        for (int second = 0; second < results.length(); second++) {
            tally = results.charAt(second) == '+' ? tally.pass(policy) : tally.fail(policy, seconds(second));
            seen.append(letter(tally.status()));
        }
        assertThat(seen).hasToString(expected);
    }

    @Test
    void countsResultsInARow() {
        CheckPolicy policy = policy(CheckDefinition.tcp("db", "h:1"));

        Tally two = Tally.EMPTY.pass(policy).pass(policy);
        assertThat(two.passes()).isEqualTo(2);
        assertThat(two.failures()).isZero();

        Tally failed = two.fail(policy, seconds(2));
        assertThat(failed.passes()).isZero();
        assertThat(failed.failures()).isEqualTo(1);
    }

    @Test
    void failuresInTheStartPeriodDoNotCount() {
        CheckPolicy policy = policy(CheckDefinition.tcp("db", "h:1").fall(2).startPeriod(seconds(10)));

        Tally tally = Tally.EMPTY;
        for (int second = 0; second < 10; second++) {
            tally = tally.fail(policy, seconds(second));
        }
        assertThat(tally.status()).isEqualTo(UNKNOWN);
        assertThat(tally.failures()).isZero();

        tally = tally.fail(policy, seconds(10)).fail(policy, seconds(11));
        assertThat(tally.status()).isEqualTo(DOWN);
    }

    @Test
    void theStartPeriodEndsWithTheFirstPass() {
        CheckPolicy policy = policy(CheckDefinition.tcp("db", "h:1").fall(1).startPeriod(seconds(10)));

        Tally tally = Tally.EMPTY.fail(policy, seconds(1)).pass(policy);
        assertThat(tally.status()).isEqualTo(UP);

        assertThat(tally.fail(policy, seconds(3)).status()).isEqualTo(DOWN);
    }

    @Test
    void ofTheExtraRunsBeforeTheFirstPassOneFailureAnIntervalCounts() {
        CheckPolicy policy = policy(CheckDefinition.tcp("db", "h:1").fall(3).interval(seconds(1)));

        Tally tally = Tally.EMPTY;
        for (int quarter = 0; quarter < 8; quarter++) {
            tally = tally.fail(policy, Duration.ofMillis(250L * quarter));
        }
        assertThat(tally.failures()).isEqualTo(2);
        assertThat(tally.status()).isEqualTo(UNKNOWN);

        assertThat(tally.fail(policy, seconds(2)).status()).isEqualTo(DOWN);
    }

    @Test
    void aWordHoldsAtOnceWhateverRiseAndFallSay() {
        CheckPolicy policy =
                policy(CheckDefinition.ttl("queue", seconds(1)).rise(5).fall(5));

        assertThat(Tally.EMPTY.told(policy, UP).status()).isEqualTo(UP);
        assertThat(Tally.EMPTY.told(policy, DEGRADED).status()).isEqualTo(DEGRADED);
        assertThat(Tally.EMPTY.told(policy, DOWN).status()).isEqualTo(DOWN);
    }

    @Test
    void aCheckThatIsNotCriticalIsDegradedWhenItFails() {
        CheckPolicy policy = policy(CheckDefinition.tcp("db", "h:1").fall(1).critical(false));

        assertThat(Tally.EMPTY.fail(policy, Duration.ZERO).status()).isEqualTo(DEGRADED);
        assertThat(Tally.EMPTY.told(policy, DOWN).status()).isEqualTo(DEGRADED);
    }

    private static CheckPolicy policy(CheckBuilder check) {
        CheckDefinition definition = check.build();
        return CheckPolicy.of(
                definition.interval() == null ? check.interval(seconds(1)).build() : definition);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static char letter(HealthStatus status) {
        return status == UNKNOWN ? '?' : status.name().charAt(0);
    }
}
