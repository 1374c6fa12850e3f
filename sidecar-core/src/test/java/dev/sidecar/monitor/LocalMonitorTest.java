package dev.sidecar.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.monitor.ThresholdState.Status;
import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LocalMonitorTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AppRoot app = AppRoot.thisProcess();

    private Monitor start(MonitorOptions options) {
        return LocalMonitor.start(
                new LocalContext(new Identity("a", "a-1", "h"), new SidecarHome(Path.of("unused")), registry, app),
                options);
    }

    @Test
    void showsAnApplicationAsSoonAsItIsNamed() throws Exception {
        app.ended();
        try (LocalMonitor monitor = (LocalMonitor) start(MonitorOptions.defaults())) {
            assertThat(monitor.sample().app()).isNull();

            app.is(ProcessHandle.current().pid());

            assertThat(monitor.sample().app().pid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void hasMetersUntilItIsClosed() throws Exception {
        try (LocalMonitor monitor = (LocalMonitor) start(MonitorOptions.defaults())) {
            monitor.sample();

            assertThat(registry.get("process.memory.usage")
                            .tag("sidecar.role", "app")
                            .gauge()
                            .value())
                    .isPositive();
            assertThat(registry.get("system.cpu.time")
                            .tag("cpu.mode", "user")
                            .functionCounter()
                            .count())
                    .isPositive();
            assertThat(registry.get("sidecar.monitor.cost").gauge().value()).isNotNegative();
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void countersGoOnAfterGarbageWasCollected() {
        try (MonitorMeters meters = new MonitorMeters(registry)) {
            meters.update(sample(Instant.now(), 1000, 1));
            System.gc();

            meters.update(sample(Instant.now(), 1000, 2));

            assertThat(registry.get("sidecar.monitor.cpu.time")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void leavesNothingWhenItIsOff() {
        Monitor monitor = start(new MonitorOptions(false, Duration.ofSeconds(10), List.of()));

        assertThatThrownBy(monitor::sample)
                .isInstanceOf(SidecarException.class)
                .extracting(e -> ((SidecarException) e).code())
                .isEqualTo(Monitor.DISABLED);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aThresholdIsBreachedOnlyAfterItsTime() {
        Thresholds thresholds =
                new Thresholds(List.of(Threshold.of("m", "sidecar.rssBytes", "1KB", null, Duration.ofSeconds(30))));
        Instant start = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(judged(thresholds, start, 2000)).isEqualTo(Status.OK);
        assertThat(judged(thresholds, start.plusSeconds(20), 2000)).isEqualTo(Status.OK);
        assertThat(judged(thresholds, start.plusSeconds(30), 2000)).isEqualTo(Status.BREACHED);
        assertThat(judged(thresholds, start.plusSeconds(40), 1000)).isEqualTo(Status.OK);
        assertThat(judged(thresholds, start.plusSeconds(50), 2000)).isEqualTo(Status.OK);
    }

    @Test
    void refusesAThresholdThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.of("m", "app.rsBytes", "1", null, null))
                .withMessageStartingWith("sidecar.monitor.thresholds.m.metric: 'app.rsBytes' is not known"
                        + " (did you mean app.rssBytes?)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.of("m", "app.rssBytes", "much", null, null))
                .withMessageContaining("sidecar.monitor.thresholds.m.above: 'much' is not allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.of("m", "app.rssBytes", "1", "2", null))
                .withMessageContaining("exactly one of above and below");
    }

    @Test
    void readsNumbersSharesAndSizes() {
        assertThat(ThresholdValue.parse("p", "1.5")).isEqualTo(1.5);
        assertThat(ThresholdValue.parse("p", "80%")).isEqualTo(0.8);
        assertThat(ThresholdValue.parse("p", "512MB")).isEqualTo(512.0 * 1024 * 1024);
    }

    @Test
    void aReadThatHangsIsNotWaitedForTwice() {
        CountDownLatch never = new CountDownLatch(1);
        try (BoundedReads reads = new BoundedReads(Duration.ofMillis(50))) {
            for (int i = 0; i < 10; i++) {
                String name = "dead " + i;
                assertThat(reads.ask(name, () -> {
                            never.await();
                            return 1;
                        }))
                        .isEmpty();
            }
            long began = System.nanoTime();
            assertThat(reads.ask("dead 0", () -> 1)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(40));
            never.countDown();
        }
    }

    @Test
    void whatIsNearIsReadWhileAllThatIsFarHangs() {
        CountDownLatch never = new CountDownLatch(1);
        try (BoundedReads reads = new BoundedReads(Duration.ofMillis(50))) {
            for (int i = 0; i < 10; i++) {
                reads.askFar(
                        "dead " + i,
                        () -> {
                            never.await();
                            return 1;
                        },
                        1_000_000);
            }

            assertThat(reads.ask("/", () -> 1)).contains(1);
            never.countDown();
        }
    }

    private static Status judged(Thresholds thresholds, Instant at, long rss) {
        return thresholds.judge(sample(at, rss, 0)).get(0).status();
    }

    private static MonitorSample sample(Instant at, long rss, double cost) {
        return new MonitorSample(
                at,
                1000,
                new HostSample(null, null, null, null, null, List.of(), List.of(), List.of(), null),
                null,
                null,
                new ProcessSample(1, 0, "x", null, 0, null, rss, null, null, null, null, null),
                new MonitorCost(cost, 0, 0),
                List.of(),
                List.of());
    }
}
