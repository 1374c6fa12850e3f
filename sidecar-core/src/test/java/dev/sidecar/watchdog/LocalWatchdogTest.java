package dev.sidecar.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.health.LocalHealth;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's watchdog, on this process. */
class LocalWatchdogTest {

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private LocalContext context;
    private LocalHealth health;

    @BeforeEach
    void start() {
        context = new LocalContext(new Identity("w", "w-1", "localhost"), new SidecarHome(directory), meters);
        health = LocalHealth.start(context, HealthOptions.defaults());
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        health.close();
    }

    private LocalWatchdog watchdog(
            @Nullable Duration heartbeat, Map<Cause, Ceiling> ceilings, boolean deadlocks, WatchdogAction action) {
        return LocalWatchdog.start(
                context,
                new WatchdogOptions(
                        true, heartbeat, Duration.ZERO, true, false, ceilings, deadlocks, action, List.of()),
                health);
    }

    @Test
    void aMissedHeartbeatIsLoggedAndMakesTheInstanceDownUntilOneComes() {
        try (LocalWatchdog watchdog = watchdog(Duration.ofMillis(100), Map.of(), false, WatchdogAction.RESTART)) {
            watchdog.guardThisProcess();

            await().until(() -> health.report(HealthGroup.LIVE).status() == HealthStatus.DOWN);
            assertThat(watchdog.report().state()).isEqualTo(WatchdogState.TRIPPED);
            assertThat(meters.counter("sidecar.watchdog.events", "cause", "heartbeat", "action", "restart")
                            .count())
                    .isEqualTo(1);

            await().until(() -> {
                watchdog.heartbeat();
                return health.report(HealthGroup.LIVE).status() == HealthStatus.UP;
            });
            assertThat(watchdog.report().events())
                    .extracting(WatchdogEvent::action)
                    .startsWith(WatchdogAction.RESTART, null);
        }
    }

    @Test
    void anExecutorThatDoesNotRunWhatItIsGivenStalls() {
        CountDownLatch blocked = new CountDownLatch(1);
        try (LocalWatchdog watchdog = watchdog(null, Map.of(), false, WatchdogAction.LOG)) {
            watchdog.guardThisProcess();
            executor.execute(() -> hold(blocked));
            watchdog.watch("orders", executor, Duration.ofMillis(100));

            await().until(() -> watchdog.report().state() == WatchdogState.TRIPPED);
            assertThat(watchdog.report().events().get(0).cause()).isEqualTo(Cause.STALL);
            assertThat(watchdog.report().events().get(0).detail()).startsWith("orders has not run");

            blocked.countDown();
            await().until(() -> watchdog.report().state() == WatchdogState.WATCHING);
        }
    }

    @Test
    void threadsThatWaitForEachOtherAreADeadlockUntilOneGivesUp() throws Exception {
        ReentrantLock tea = new ReentrantLock();
        ReentrantLock coffee = new ReentrantLock();
        CyclicBarrier both = new CyclicBarrier(2);
        try (LocalWatchdog watchdog = watchdog(null, Map.of(), true, WatchdogAction.HEALTH)) {
            watchdog.guardThisProcess();
            Thread one = Threads.named("one-who-waits", () -> take(tea, coffee, both));
            Thread other = Threads.named("other-who-waits", () -> take(coffee, tea, both));
            one.start();
            other.start();

            await().until(() -> health.report(HealthGroup.LIVE).status() == HealthStatus.DOWN);
            assertThat(watchdog.report().events().get(0).cause()).isEqualTo(Cause.DEADLOCK);
            assertThat(watchdog.report().events().get(0).detail()).contains(one.getName(), other.getName());

            one.interrupt();
            await().until(() -> health.report(HealthGroup.LIVE).status() == HealthStatus.UP);
            one.join();
            other.join();
        }
    }

    private static void take(ReentrantLock first, ReentrantLock second, CyclicBarrier both) {
        first.lock();
        try {
            both.await();
            second.lockInterruptibly();
            second.unlock();
        } catch (InterruptedException | BrokenBarrierException e) {
            Thread.currentThread().interrupt();
        } finally {
            first.unlock();
        }
    }

    @Test
    void aHeapThatStaysFullAndTimeThatGoesToCollectionsAreFound() {
        Map<Cause, Ceiling> low = Map.of(
                Cause.HEAP, new Ceiling(0.000_001, Duration.ZERO), Cause.GC, new Ceiling(0.000_001, Duration.ZERO));
        try (LocalWatchdog watchdog = watchdog(null, low, false, WatchdogAction.LOG)) {
            watchdog.guardThisProcess();

            await().untilAsserted(() -> {
                System.gc();
                assertThat(watchdog.report().events())
                        .extracting(WatchdogEvent::cause)
                        .contains(Cause.HEAP, Cause.GC);
            });
        }
    }

    @Test
    void aCeilingOfThisProcessIsWatched() {
        Map<Cause, Ceiling> low =
                Map.of(Cause.MEMORY, new Ceiling(1, Duration.ZERO), Cause.FDS, new Ceiling(1, Duration.ZERO));
        try (LocalWatchdog watchdog = watchdog(null, low, false, WatchdogAction.LOG)) {
            watchdog.guardThisProcess();

            await().untilAsserted(() -> assertThat(watchdog.report().events())
                    .extracting(WatchdogEvent::cause)
                    .containsExactlyInAnyOrder(Cause.MEMORY, Cause.FDS));
            assertThat(health.report().checks()).isEmpty();
        }
    }

    @Test
    void whereNothingIsDemandedThereIsNoThread() {
        try (LocalWatchdog watchdog = watchdog(null, Map.of(), false, WatchdogAction.RESTART)) {
            watchdog.guardThisProcess();
            watchdog.heartbeat("fine");

            assertThat(watchdog.report().state()).isEqualTo(WatchdogState.WATCHING);
            assertThat(watchdogThreads()).isZero();
        }
    }

    @Test
    void theEvidenceHasTheStacksOfThisProcess() {
        assertThat(new OwnProcess().evidence())
                .contains("\"" + Thread.currentThread().getName() + "\"")
                .contains("theEvidenceHasTheStacksOfThisProcess");
    }

    @Test
    void anEvidenceCommandIsBoundedInTime() {
        assertThat(new EvidenceCommand(List.of("sh", "-c", "echo first; sleep 60"), Duration.ofMillis(300)).run(1))
                .startsWith("first")
                .contains("did not end within 300 ms");
    }

    @Test
    void anEvidenceCommandIsBoundedInSize() {
        assertThat(new EvidenceCommand(List.of("sh", "-c", "yes {pid} | head -c 1000000"), Duration.ofSeconds(10))
                        .run(4711))
                .startsWith("4711\n4711")
                .hasSizeLessThanOrEqualTo(EvidenceCommand.MOST_BYTES);
    }

    @Test
    void anEvidenceCommandThatIsNotThereSaysSo() {
        assertThat(new EvidenceCommand(List.of("no-such-program"), Duration.ofSeconds(1)).run(1))
                .contains("sidecar.watchdog.evidence")
                .contains("no-such-program");
    }

    private static long watchdogThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("sidecar-watchdog-1"))
                .count();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
