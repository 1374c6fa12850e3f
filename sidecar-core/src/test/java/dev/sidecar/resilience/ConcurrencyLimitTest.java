package dev.sidecar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

    private final ConcurrencyLimit limit = new ConcurrencyLimit(new ConcurrencyLimitPolicy(true, 20, 4, 200));

    @Test
    void growsWhileLatencyStays() {
        for (int i = 0; i < 500; i++) {
            limit.answered(1_000_000, limit.limit());
        }
        assertThat(limit.limit()).isEqualTo(200);
    }

    @Test
    void fallsWhenLatencyRisesAndRecovers() {
        for (int i = 0; i < 500; i++) {
            limit.answered(1_000_000, limit.limit());
        }
        for (int i = 0; i < 50; i++) {
            limit.answered(10_000_000, limit.limit());
        }
        assertThat(limit.limit()).isLessThan(100);
        for (int i = 0; i < 500; i++) {
            limit.answered(1_000_000, limit.limit());
        }
        assertThat(limit.limit()).isGreaterThan(150);
    }

    @Test
    void timeOutsLowerItToItsLeast() {
        for (int i = 0; i < 100; i++) {
            limit.timedOut();
        }
        assertThat(limit.limit()).isEqualTo(4);
    }

    @Test
    void whatIsNotUsedDoesNotGrow() {
        for (int i = 0; i < 500; i++) {
            limit.answered(1_000_000, 1);
        }
        assertThat(limit.limit()).isEqualTo(20);
    }
}
