package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    @Test
    void countsWhatFailedAndWhenItLastDid() {
        Timeline timeline = new Timeline();
        timeline.add(0, 2000, true);
        timeline.add(300, 1000, false);
        timeline.add(600, 4000, true);
        assertThat(timeline.failed()).isEqualTo(1);
        assertThat(timeline.lastFailureMillis()).isEqualTo(300);
        assertThat(timeline.bins(3).toString()).isEqualTo("{\"ok\":[1,0,1],\"failed\":[0,1,0]}");
    }

    @Test
    void percentilesAreOfAnsweredRequestsInTheirStretch() {
        Timeline timeline = new Timeline();
        timeline.add(0, 2000, true);
        timeline.add(100, 1_000_000, false);
        timeline.add(600, 4000, true);
        assertThat(timeline.percentile(99, 0, 500)).isEqualTo(2.0);
        assertThat(timeline.percentile(99, 500, Long.MAX_VALUE)).isBetween(3.99, 4.01);
    }
}
