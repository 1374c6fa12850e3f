package dev.sidecar.tck.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UNKNOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.health.CheckState;
import dev.sidecar.health.CheckType;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.SidecarContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the checks that are run do, whoever runs them. */
public interface ChecksContract extends SidecarContract {

    @AfterEach
    default void removeTheChecks() {
        health().report().checks().forEach(check -> health().remove(check.name()));
    }

    @Test
    @Clause("HEA-30")
    default void anHttpCheckTakesTwoAndThreeHundredsForWell() {
        try (Target target = new Target()) {
            health().define(Check.http("app", target.url("/")).fall(1).build());
            awaitStatus("app", UP);
            for (int status : new int[] {500, 302, 404, 204}) {
                target.answer(status);
                awaitStatus("app", status < 400 ? UP : DOWN);
            }
        }
    }

    @Test
    @Clause("HEA-31")
    default void anHttpCheckTakesJustTheExpectedStatus() {
        try (Target target = new Target()) {
            target.answer(418);
            health().define(Check.http("teapot", target.url("/"))
                    .expectedStatus(418)
                    .build());
            health().define(Check.http("other", target.url("/"))
                    .expectedStatus(200)
                    .fall(1)
                    .build());

            awaitStatus("teapot", UP);
            awaitStatus("other", DOWN);
        }
    }

    @Test
    @Clause("HEA-32")
    default void anHttpCheckSendsItsHeaders() {
        try (Target target = new Target()) {
            health().define(Check.http("with", target.url("/auth"))
                    .headers(Map.of("X-Word", "let me in"))
                    .build());
            health().define(Check.http("without", target.url("/auth")).fall(1).build());

            awaitStatus("with", UP);
            awaitStatus("without", DOWN);
        }
    }

    @Test
    @Clause("HEA-33")
    default void aTcpCheckConnects() {
        try (Target target = new Target()) {
            health().define(Check.of("app", CheckType.TCP)
                    .address(target.address())
                    .interval(Check.QUICK)
                    .fall(1)
                    .build());
            awaitStatus("app", UP);
            target.close();
            awaitStatus("app", DOWN);
        }
    }

    @Test
    @Clause("HEA-34")
    default void anExecCheckPassesWithExitZero() {
        health().define(Check.exec("good", "sh", "-c", "echo all well").build());
        health().define(Check.exec("bad", "sh", "-c", "echo no good; exit 3")
                .fall(1)
                .build());
        health().define(Check.exec("missing", "/no/such/command").fall(1).build());

        awaitStatus("good", UP);
        awaitStatus("bad", DOWN);
        awaitStatus("missing", DOWN);
        assertThat(state("good").output()).contains("all well");
        assertThat(state("bad").output()).contains("no good");
        assertThat(state("missing").output()).contains("/no/such/command");
    }

    @Test
    @Clause("HEA-35")
    default void aProcessCheckWatchesAPid() {
        health().define(Check.of("alive", CheckType.PROCESS)
                .pid(ProcessHandle.current().pid())
                .interval(Check.QUICK)
                .build());
        health().define(Check.of("dead", CheckType.PROCESS)
                .pid(4_194_303)
                .interval(Check.QUICK)
                .fall(1)
                .build());

        awaitStatus("alive", UP);
        awaitStatus("dead", DOWN);
    }

    @Test
    @Clause("HEA-36")
    default void risesAndFallsAfterSoManyInARow() {
        try (Target target = new Target()) {
            health().define(Check.http("app", target.url("/")).rise(3).fall(4).build());
            awaitStatus("app", UP);
            assertThat(state("app").passes()).isGreaterThanOrEqualTo(3);

            target.answer(500);
            CheckState failing = await().atMost(HealthContract.SOON)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> state("app"), s -> s.failures() > 0);
            assertThat(failing.failures() >= 4 ? DOWN : UP).isEqualTo(failing.status());
            awaitStatus("app", DOWN);
            assertThat(state("app").failures()).isGreaterThanOrEqualTo(4);

            target.answer(200);
            awaitStatus("app", UP);
            assertThat(state("app").passes()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    @Clause("HEA-37")
    default void failuresInTheStartPeriodDoNotCount() {
        try (Target target = new Target()) {
            target.answer(500);
            health().define(Check.http("app", target.url("/"))
                    .fall(1)
                    .startPeriod(Duration.ofSeconds(30))
                    .build());
            await().atMost(HealthContract.SOON).until(() -> state("app").lastRunAt() != null);
            assertThat(state("app").status()).isEqualTo(UNKNOWN);

            target.answer(200);
            awaitStatus("app", UP);
            target.answer(500);
            awaitStatus("app", DOWN);
        }
    }

    @Test
    @Clause("HEA-38")
    default void aCheckThatHangsIsDownAndDelaysNoOther() {
        health().define(Check.exec("stuck", "sleep", "60")
                .timeout(Duration.ofMillis(300))
                .fall(1)
                .build());
        health().define(Check.exec("quick", "true").build());

        awaitStatus("stuck", DOWN);
        long passes = state("quick").passes();
        assertThat(state("stuck").output()).isNotBlank();
        await().atMost(Duration.ofSeconds(2)).until(() -> state("quick").passes() >= passes + 5);
    }

    @Test
    @Clause("HEA-39")
    default void aRemovedCheckIsNotRunAgain() {
        try (Target target = new Target()) {
            health().define(Check.http("app", target.url("/")).build());
            awaitStatus("app", UP);

            health().remove("app");
            health().define(Check.http("app", target.url("/"))
                    .interval(Duration.ofMinutes(10))
                    .build());
            awaitStatus("app", UP);
            CheckState once = state("app");
            health().define(Check.exec("other", "true").build());
            await().until(() -> state("other").passes() >= 5);

            assertThat(state("app")).isEqualTo(once);
        }
    }

    private Health health() {
        return sidecar().health();
    }

    private CheckState state(String name) {
        return health().check(name).orElseThrow();
    }

    private void awaitStatus(String name, HealthStatus status) {
        await(name + " is " + status)
                .atMost(HealthContract.SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state(name).status() == status);
    }
}
