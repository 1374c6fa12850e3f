package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthMetersTest {

    @TempDir
    Path home;

    @Test
    void showsTheStatusOfGroupsAndChecks() {
        try (TestHealth test = new TestHealth(home)) {
            test.define(CheckDefinition.ttl("queue", Duration.ofMinutes(1)).groups(HealthGroup.READY));
            assertThat(gauge(test, "sidecar.health.check.status", "check", "queue"))
                    .isEqualTo(2);

            test.health.push("queue", DOWN, null);

            assertThat(gauge(test, "sidecar.health.check.status", "check", "queue"))
                    .isZero();
            assertThat(gauge(test, "sidecar.health.status", "group", "all")).isZero();
            assertThat(gauge(test, "sidecar.health.status", "group", "ready")).isZero();
            assertThat(gauge(test, "sidecar.health.status", "group", "live")).isEqualTo(4);
            assertThat(gauge(test, "sidecar.health.status", "group", "startup")).isEqualTo(4);
        }
    }

    @Test
    void followsACheckThatIsReplaced() {
        try (TestHealth test = new TestHealth(home)) {
            test.define(CheckDefinition.ttl("queue", Duration.ofMinutes(1)));
            test.define(CheckDefinition.ttl("queue", Duration.ofMinutes(2)));

            test.health.push("queue", UP, null);

            assertThat(gauge(test, "sidecar.health.check.status", "check", "queue"))
                    .isEqualTo(4);
        }
    }

    @Test
    void timesRunsByOutcome() {
        try (TestHealth test = new TestHealth(home)) {
            test.define(CheckDefinition.exec("good", "true").interval(Duration.ofMillis(20)));
            test.define(CheckDefinition.exec("bad", "false").interval(Duration.ofMillis(20)));
            test.define(CheckDefinition.exec("slow", "sleep", "60").timeout(Duration.ofMillis(20)));

            await().until(() -> runs(test, "good", "pass") > 1
                    && runs(test, "bad", "fail") > 1
                    && runs(test, "slow", "timeout") > 0);
        }
    }

    @Test
    void metersGoWithTheirCheckAndWithHealth() {
        TestHealth test = new TestHealth(home);
        test.define(CheckDefinition.exec("good", "true").interval(Duration.ofMillis(20)));
        await().until(() -> runs(test, "good", "pass") > 0);

        test.health.remove("good");
        assertThat(test.meters.getMeters()).allMatch(meter -> meter.getId().getTag("check") == null);

        test.close();
        assertThat(test.meters.getMeters()).isEmpty();
    }

    private static double gauge(TestHealth test, String name, String tag, String value) {
        return test.meters.get(name).tag(tag, value).gauge().value();
    }

    private static long runs(TestHealth test, String check, String outcome) {
        Timer timer = test.meters
                .find("sidecar.health.check.duration")
                .tags("check", check, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
