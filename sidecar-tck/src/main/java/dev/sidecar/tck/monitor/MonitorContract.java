package dev.sidecar.tck.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Subscription;
import dev.sidecar.monitor.HostSample;
import dev.sidecar.monitor.MemorySample;
import dev.sidecar.monitor.MonitorSample;
import dev.sidecar.monitor.ProcessTreeSample;
import dev.sidecar.monitor.ThresholdState;
import dev.sidecar.monitor.ThresholdState.Status;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.SidecarContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What {@link dev.sidecar.monitor.Monitor} promises, whoever delivers it. The application is this process. */
public interface MonitorContract extends SidecarContract {

    @Test
    @Clause("MON-01")
    default void measuresTheHost() {
        HostSample host = sample().host();
        MemorySample memory = Objects.requireNonNull(host.memory());

        assertThat(Objects.requireNonNull(host.cpu()).count()).isPositive();
        assertThat(memory.totalBytes()).isGreaterThan(memory.availableBytes());
        assertThat(memory.utilization()).isBetween(0.0, 1.0);
    }

    @Test
    @Clause("MON-02")
    default void measuresTheProcessesOfTheApplication() {
        ProcessTreeSample app = Objects.requireNonNull(sample().app());

        assertThat(app.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(app.processCount()).isPositive();
        assertThat(app.rssBytes()).isGreaterThan(10 << 20);
        assertThat(app.cpuSeconds()).isPositive();
        assertThat(app.processes()).anyMatch(process -> process.pid() == app.pid());
        if (Setup.onLinux()) {
            assertThat(app.threads()).isGreaterThan(1);
            assertThat(app.openFds()).isGreaterThan(1);
        }
    }

    @Test
    @Clause(value = "MON-03", mayDiffer = "in the library the sidecar is the application's own process")
    default void measuresItself() {
        MonitorSample sample = sample();

        assertThat(sample.sidecar().pid()).isPositive();
        assertThat(sample.sidecar().rssBytes()).isGreaterThan(10 << 20);
        assertThat(sample.cost().cpuSeconds()).isNotNegative();
        assertThat(sample.cost().lastSampleMs()).isNotNegative();
    }

    @Test
    @Clause("MON-04")
    default void aSampleIsNoOlderThanASecond() {
        Instant asked = Instant.now();

        assertThat(sample().sampledAt()).isAfter(asked.minusMillis(1_100));
        assertThat(sample().intervalMs()).isEqualTo(Setup.MONITOR_INTERVAL.toMillis());
    }

    @Test
    @Clause("MON-05")
    default void tellsHowThresholdsStand() {
        ThresholdState state = sample().thresholds().stream()
                .filter(one -> one.name().equals(Setup.THRESHOLD))
                .findFirst()
                .orElseThrow();

        assertThat(state.metric()).isEqualTo("app.rssBytes");
        assertThat(state.above()).isEqualTo(1024.0);
        assertThat(state.status()).isEqualTo(Status.BREACHED);
        assertThat(state.value()).isGreaterThan(1024);
    }

    @Test
    @Clause("MON-06")
    default void watchingGivesSampleAfterSample() {
        List<Instant> seen = new CopyOnWriteArrayList<>();
        Subscription subscription = sidecar().monitor().watch(sample -> seen.add(sample.sampledAt()));

        await().atMost(Duration.ofSeconds(15)).until(() -> seen.size() >= 2);
        subscription.close();
        subscription.close();

        assertThat(seen).isSorted();
    }

    @Test
    @Clause("MON-07")
    default void watchingThresholdsBeginsWithThoseThatAreBreached() {
        List<ThresholdState> seen = new CopyOnWriteArrayList<>();

        try (Subscription watch = sidecar().monitor().watchThresholds(seen::add)) {
            await().atMost(Duration.ofSeconds(15)).until(() -> !seen.isEmpty());
        }

        assertThat(seen.get(0).name()).isEqualTo(Setup.THRESHOLD);
        assertThat(seen.get(0).status()).isEqualTo(Status.BREACHED);
    }

    private MonitorSample sample() {
        return sidecar().monitor().sample();
    }
}
