package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff.Settings SETTINGS =
            new Backoff.Settings(Duration.ofMillis(200), Duration.ofSeconds(1), 5, Duration.ofMinutes(1));

    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void doublesToTheCapAndEndsWithTheBudget() {
        Backoff backoff = new Backoff(SETTINGS, () -> 1);

        for (long millis : new long[] {200, 400, 800, 1000, 1000}) {
            assertThat(backoff.next(SHORT)).contains(Duration.ofMillis(millis));
        }
        assertThat(backoff.next(SHORT)).isEmpty();
    }

    @Test
    void shortensByAtMostAHalf() {
        assertThat(new Backoff(SETTINGS, () -> 0).next(SHORT)).contains(Duration.ofMillis(100));
    }

    @Test
    void aStableRunMakesTheBudgetWhole() {
        Backoff backoff = new Backoff(SETTINGS, () -> 1);
        for (int i = 0; i < 5; i++) {
            backoff.next(SHORT);
        }

        assertThat(backoff.next(Duration.ofMinutes(1))).contains(Duration.ofMillis(200));
        assertThat(backoff.restarts()).isEqualTo(1);
    }
}
