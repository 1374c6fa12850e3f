package dev.sidecar.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DropsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong now = new AtomicLong();
    private final Drops drops = new Drops(new LogMeters(registry), now::get, () -> {});

    @Test
    void saysAtMostOncePerIntervalWhatWasLost() {
        drops.count(Drops.Reason.QUEUE_FULL, "app", 3);
        assertThat(summary()).isEqualTo("3 log records were lost: {queue-full of app=3}");
        drops.count(Drops.Reason.QUEUE_FULL, "app", 1);
        assertThat(summary()).isNull();
        pass();
        assertThat(summary()).isEqualTo("1 log records were lost: {queue-full of app=1}");
    }

    @Test
    void doesNotSayForEverThatACollectorWhichTakesNothingDidNotTakeTheSummary() {
        drops.count(Drops.Reason.COLLECTOR_REJECTED, "spool", 5);
        assertThat(summary()).isNotNull();
        pass();
        drops.count(Drops.Reason.COLLECTOR_REJECTED, "spool", 1);
        assertThat(summary()).isNull();
        assertThat(registry.get("sidecar.logging.dropped").counter().count()).isEqualTo(6);
        pass();
        assertThat(drops.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysWhatWasLostBesideTheSummary() {
        drops.count(Drops.Reason.COLLECTOR_REJECTED, "spool", 5);
        assertThat(summary()).isNotNull();
        pass();
        drops.count(Drops.Reason.COLLECTOR_REJECTED, "spool", 2);
        assertThat(summary()).isEqualTo("2 log records were lost: {collector-rejected of spool=2}");
    }

    private void pass() {
        now.addAndGet(Drops.INTERVAL.toNanos());
    }

    private @Nullable Object summary() {
        LogRecord summary = drops.summary();
        return summary == null ? null : summary.body();
    }
}
