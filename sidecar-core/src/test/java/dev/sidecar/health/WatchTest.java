package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.OUT_OF_SERVICE;
import static dev.sidecar.health.HealthStatus.UNKNOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    @TempDir
    Path home;

    private final List<HealthStatus> seen = new CopyOnWriteArrayList<>();
    private TestHealth test;
    private LocalHealth health;

    @BeforeEach
    void start() {
        test = new TestHealth(home);
        health = test.health;
        test.define(CheckDefinition.ttl("queue", Duration.ofMinutes(1)));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void tellsTheReportAndEachChangeInOrder() {
        health.watch(report -> seen.add(report.status()));

        health.push("queue", UP, null);
        health.push("queue", DOWN, null);
        health.push("queue", UP, null);
        health.maintenance(true, null);
        health.maintenance(false, null);
        health.remove("queue");

        await().until(() -> seen.size() == 7);
        assertThat(seen).containsExactly(UNKNOWN, UP, DOWN, UP, OUT_OF_SERVICE, UP, UP);
    }

    @Test
    void doesNotTellWhatChangedNothing() {
        health.push("queue", UP, "one");
        health.watch(report -> seen.add(report.status()));

        health.push("queue", UP, "two");
        health.push("queue", DOWN, null);

        await().until(() -> seen.contains(DOWN));
        assertThat(seen).containsExactly(UP, DOWN);
    }

    @Test
    void aSlowListenerHoldsUpNeitherChecksNorOtherListeners() {
        CountDownLatch slow = new CountDownLatch(1);
        List<HealthStatus> late = new CopyOnWriteArrayList<>();
        Consumer<HealthReport> waits = report -> {
            awaitQuietly(slow);
            late.add(report.status());
        };
        health.watch(waits);
        health.watch(report -> seen.add(report.status()));

        health.push("queue", UP, null);
        health.push("queue", DOWN, null);

        await().untilAsserted(() -> assertThat(seen).containsExactly(UNKNOWN, UP, DOWN));
        assertThat(late).isEmpty();
        slow.countDown();
        await().untilAsserted(() -> assertThat(late).containsExactly(UNKNOWN, UP, DOWN));
    }

    @Test
    void aListenerThatFarFallsBehindMissesTheOldestAndSeesTheLast() {
        CountDownLatch slow = new CountDownLatch(1);
        health.watch(report -> {
            awaitQuietly(slow);
            seen.add(report.status());
        });

        for (int i = 0; i < 1000; i++) {
            health.push("queue", i % 2 == 0 ? UP : DOWN, null);
        }
        slow.countDown();

        await().until(() -> seen.size() >= 256 && seen.get(seen.size() - 1) == DOWN);
        assertThat(seen).hasSizeLessThan(300);
    }

    @Test
    void aListenerThatThrowsIsCalledAgain() {
        health.watch(report -> {
            seen.add(report.status());
            throw new IllegalStateException("not today");
        });

        health.push("queue", UP, null);

        await().untilAsserted(() -> assertThat(seen).containsExactly(UNKNOWN, UP));
    }

    @Test
    void nobodyIsCalledAfterTheClose() {
        Subscription first = health.watch(report -> seen.add(report.status()));
        await().until(() -> !seen.isEmpty());
        first.close();
        first.close();
        List<HealthStatus> other = new CopyOnWriteArrayList<>();
        health.watch(report -> other.add(report.status()));

        health.push("queue", DOWN, null);

        await().until(() -> other.contains(DOWN));
        assertThat(seen).containsExactly(UNKNOWN);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
