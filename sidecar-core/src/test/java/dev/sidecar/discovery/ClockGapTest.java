package dev.sidecar.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockGapTest {

    private final AtomicLong wallMs = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong();
    private final ClockGap gap = new ClockGap(wallMs::get, nanos::get);

    @Test
    void timeThatPassesOnBothClocksIsNoGap() {
        wallMs.addAndGet(60_000);
        nanos.addAndGet(60_000_000_000L);
        assertThat(gap.since()).isFalse();
    }

    @Test
    void aSleepIsToldOnce() {
        wallMs.addAndGet(60_000);
        assertThat(gap.since()).isTrue();
        assertThat(gap.since()).isFalse();
    }

    @Test
    void aClockThatIsSetBackIsToldOnce() {
        wallMs.addAndGet(-60_000);
        assertThat(gap.since()).isTrue();
        assertThat(gap.since()).isFalse();
    }

    @Test
    void slowDriftIsNotLostInTheTolerance() {
        wallMs.addAndGet(700);
        assertThat(gap.since()).isFalse();
        wallMs.addAndGet(700);
        assertThat(gap.since()).isTrue();
    }
}
