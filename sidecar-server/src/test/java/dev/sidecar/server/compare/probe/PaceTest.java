package dev.sidecar.server.compare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void aStallCountsForEveryCallItHeldUp() {
        AtomicInteger calls = new AtomicInteger();
        Slice slice = new Pace(
                        () -> {
                            if (calls.getAndIncrement() == 0) {
                                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                            }
                        },
                        0)
                .atRate(1000, 200);
        Histogram histogram = Histograms.decode(slice.histogram());
        assertThat(slice.count()).isEqualTo(200);
        // Half of the calls were due while the first one ran; had they been timed from their turn, one would be slow.
        assertThat(histogram.getCountBetweenValues(TimeUnit.MILLISECONDS.toNanos(20), Long.MAX_VALUE))
                .isGreaterThan(70);
    }

    @Test
    void theSyntheticSlowDownIsThereToTheMicrosecond() {
        Slice plain = new Pace(() -> {}, 0).backToBack(50);
        Slice slow = new Pace(() -> {}, TimeUnit.MICROSECONDS.toNanos(100)).backToBack(50);
        assertThat(median(slow) - median(plain)).isBetween(85.0, 115.0);
    }

    @Test
    void failuresAreCountedAndTheLastOneNamed() {
        Slice slice = new Pace(
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        0)
                .atRate(1000, 10);
        assertThat(slice.errors()).isEqualTo(10);
        assertThat(slice.error()).contains("no");
    }

    @Test
    void delaysAreForTheWayTheyName() {
        assertThat(Setting.delay("library", "sidecar-tcp=50,library=100")).isEqualTo(100_000);
        assertThat(Setting.delay("none", "sidecar-tcp=50,library=100")).isZero();
    }

    private static double median(Slice slice) {
        return Histograms.decode(slice.histogram()).getValueAtPercentile(50) / 1e3;
    }
}
