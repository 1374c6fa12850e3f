package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {

    private final Retry retry = new Retry();

    @Test
    void theSameFailureWaitsTwiceAsLongUpToAMinute() {
        assertThat(retry.failed("a", 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(retry.failed("a", 0)).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            retry.failed("a", 0);
        }
        assertThat(retry.failed("a", 0)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void somethingElseIsTriedAtOnceAndBeginsAnew() {
        retry.failed("a", 0);
        retry.failed("a", 0);

        assertThat(retry.pause("a", 0)).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(retry.pause("b", 0)).isZero();
        assertThat(retry.failed("b", 0)).isEqualTo(Duration.ofSeconds(1));
        retry.end();
        assertThat(retry.pause("b", 0)).isZero();
        assertThat(retry.isOf("")).isFalse();
    }
}
