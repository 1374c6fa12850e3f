package dev.sidecar.tck.health;

import static dev.sidecar.health.HealthStatus.DEGRADED;
import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.OUT_OF_SERVICE;
import static dev.sidecar.health.HealthStatus.UNKNOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Subscription;
import dev.sidecar.health.CheckBuilder;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.CheckType;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Refusals;
import dev.sidecar.tck.SidecarContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link Health} promises of reports, groups, pushed results and maintenance, whoever delivers it. */
public interface HealthContract extends SidecarContract {

    Duration SOON = Duration.ofSeconds(5);

    @AfterEach
    default void removeTheChecksOfTheTest() {
        health().maintenance(false, null);
        health().report().checks().forEach(check -> health().remove(check.name()));
    }

    @Test
    @Clause("HEA-01")
    default void isUpWithoutChecks() {
        HealthReport report = health().report();

        assertThat(report.status()).isEqualTo(UP);
        assertThat(report.checks()).isEmpty();
        assertThat(report.maintenance().enabled()).isFalse();
        assertThat(report.staleSince()).isNull();
    }

    @Test
    @Clause("HEA-02")
    default void aCheckIsUnknownUntilItsFirstResult() {
        CheckState defined = health().define(Check.ttl("app").build());

        assertThat(defined.status()).isEqualTo(UNKNOWN);
        assertThat(defined.output()).isNull();
        assertThat(defined.lastRunAt()).isNull();
        assertThat(health().check("app")).contains(defined);
        assertThat(health().report().status()).isEqualTo(UNKNOWN);
    }

    @Test
    @Clause("HEA-03")
    default void fillsInTheDefaults() {
        CheckState defined = health().define(Check.of("app", CheckType.TTL)
                .ttl(Duration.ofMinutes(1))
                .build());

        assertThat(defined.type()).isEqualTo(CheckType.TTL);
        assertThat(defined.groups()).isEqualTo(Set.of(HealthGroup.READY));
        assertThat(defined.critical()).isTrue();
        assertThat(defined.passes()).isZero();
        assertThat(defined.failures()).isZero();
    }

    @Test
    @Clause("HEA-04")
    default void theApplicationsWordDecidesOnATtlCheck() {
        health().define(Check.ttl("app").build());

        for (HealthStatus status : List.of(UP, DEGRADED, DOWN, UP)) {
            CheckState state = health().push("app", status, "said " + status);

            assertThat(state.status()).isEqualTo(status);
            assertThat(state.output()).isEqualTo("said " + status);
            assertThat(health().report().status()).isEqualTo(status);
            assertThat(health().check("app")).contains(state);
        }
    }

    @Test
    @Clause("HEA-05")
    default void aTtlCheckThatFallsSilentIsDown() {
        health().define(Check.of("app", CheckType.TTL)
                .ttl(Duration.ofMillis(500))
                .fall(1)
                .build());
        health().push("app", UP, null);
        assertThat(health().report().status()).isEqualTo(UP);

        awaitStatus("app", DOWN);
    }

    @Test
    @Clause("HEA-06")
    default void aGroupHasItsOwnChecksAndStatus() {
        health().define(Check.ttl("live").groups(HealthGroup.LIVE).build());
        health().define(Check.ttl("ready").groups(HealthGroup.READY).build());
        health().define(Check.ttl("both")
                .groups(HealthGroup.LIVE, HealthGroup.STARTUP)
                .build());
        health().define(Check.ttl("shown").groups().build());
        health().push("live", UP, null);
        health().push("both", UP, null);
        health().push("ready", DOWN, null);
        health().push("shown", UP, null);

        assertThat(names(health().report(HealthGroup.LIVE))).containsExactly("both", "live");
        assertThat(names(health().report(HealthGroup.READY))).containsExactly("ready");
        assertThat(names(health().report(HealthGroup.STARTUP))).containsExactly("both");
        assertThat(names(health().report())).containsExactly("both", "live", "ready", "shown");
        assertThat(health().report(HealthGroup.LIVE).status()).isEqualTo(UP);
        assertThat(health().report(HealthGroup.READY).status()).isEqualTo(DOWN);
        assertThat(health().report(HealthGroup.STARTUP).status()).isEqualTo(UP);
        assertThat(health().report().status()).isEqualTo(DOWN);
    }

    @Test
    @Clause("HEA-07")
    default void aCheckInNoGroupGatesNothing() {
        health().define(Check.ttl("shown").groups().build());
        health().push("shown", DOWN, null);

        for (HealthGroup group : HealthGroup.values()) {
            assertThat(health().report(group).status()).isEqualTo(UP);
        }
    }

    @Test
    @Clause("HEA-08")
    default void aCheckThatIsNotCriticalOnlyDegrades() {
        health().define(Check.ttl("cache").critical(false).build());
        health().define(Check.ttl("app").build());
        health().push("app", UP, null);
        health().push("cache", DOWN, "cold");

        assertThat(health().report().status()).isEqualTo(DEGRADED);
        assertThat(health().report(HealthGroup.READY).status()).isEqualTo(DEGRADED);
        assertThat(health().check("cache").orElseThrow().status()).isEqualTo(DEGRADED);
    }

    @Test
    @Clause("HEA-09")
    default void maintenanceIsStickyWhateverTheChecksSay() {
        health().define(Check.ttl("app").build());

        assertThat(health().maintenance(true, "disk swap"))
                .satisfies(m -> assertThat(m.enabled()).isTrue())
                .satisfies(m -> assertThat(m.reason()).isEqualTo("disk swap"))
                .satisfies(m -> assertThat(m.since()).isNotNull());
        health().push("app", UP, null);

        assertThat(health().report().status()).isEqualTo(OUT_OF_SERVICE);
        assertThat(health().report(HealthGroup.READY).status()).isEqualTo(OUT_OF_SERVICE);
        assertThat(health().report().maintenance().reason()).isEqualTo("disk swap");
        assertThat(health().check("app").orElseThrow().status()).isEqualTo(UP);

        assertThat(health().maintenance(false, null).enabled()).isFalse();
        assertThat(health().report().status()).isEqualTo(UP);
    }

    @Test
    @Clause("HEA-10")
    default void maintenanceDoesNotMakeALiveInstanceDead() {
        health().define(Check.ttl("app").groups(HealthGroup.LIVE).build());
        health().push("app", UP, null);

        health().maintenance(true, "disk swap");

        assertThat(health().report(HealthGroup.LIVE).status()).isEqualTo(UP);
    }

    @Test
    @Clause("HEA-11")
    default void removingTellsWhetherThereWasOne() {
        health().define(Check.ttl("app").build());

        assertThat(health().remove("app")).isTrue();
        assertThat(health().remove("app")).isFalse();
        assertThat(health().check("app")).isEmpty();
    }

    @Test
    @Clause("HEA-12")
    default void replacingByAnEqualDefinitionKeepsTheState() {
        health().define(Check.ttl("app").build());
        CheckState pushed = health().push("app", UP, "fine");

        assertThat(health().define(Check.ttl("app").build())).isEqualTo(pushed);
        assertThat(health().define(Check.ttl("app").fall(2).build()).status()).isEqualTo(UNKNOWN);
    }

    @Test
    @Clause("HEA-13")
    default void refusesAResultForWhatIsNoTtlCheck() {
        Refusals.assertRefused(sidecar(), "unknown-check", s -> s.health().push("nobody", UP, null));
        Refusals.assertRefused(sidecar(), "not-a-ttl-check", s -> {
            s.health().define(Check.exec("script", "true").build());
            s.health().push("script", UP, null);
        });
    }

    @Test
    @Clause("HEA-14")
    default void refusesAPushedStatusThatIsNoResult() {
        for (HealthStatus status : List.of(UNKNOWN, OUT_OF_SERVICE)) {
            Refusals.assertRefused(sidecar(), "invalid-status", s -> {
                s.health().define(Check.ttl("app").build());
                s.health().push("app", status, null);
            });
        }
    }

    @Test
    @Clause("HEA-15")
    default void refusesADefinitionThatCannotWork() {
        List<CheckBuilder> bad = List.of(
                Check.of("two words", CheckType.TTL).ttl(SOON),
                Check.of("app", CheckType.HTTP),
                Check.of("app", CheckType.HTTP).url("ftp://127.0.0.1/"),
                Check.of("app", CheckType.TCP),
                Check.of("app", CheckType.TCP).address("no-port"),
                Check.of("app", CheckType.GRPC),
                Check.of("app", CheckType.EXEC),
                Check.of("app", CheckType.EXEC).command(List.of()),
                Check.of("app", CheckType.TTL),
                Check.of("app", CheckType.PROCESS),
                Check.of("app", CheckType.PROCESS).pid(-1),
                Check.ttl("app").rise(0),
                Check.ttl("app").fall(0),
                Check.exec("app", "true").interval(Duration.ZERO),
                Check.exec("app", "true").timeout(Duration.ofSeconds(-1)));
        for (CheckBuilder check : bad) {
            Refusals.assertRefused(sidecar(), "invalid-check", s -> s.health().define(check.build()));
        }
        assertThat(health().report().checks()).isEmpty();
    }

    @Test
    @Clause("HEA-16")
    default void watchingGivesTheReportAndThenEachChangeOfAStatus() {
        health().define(Check.ttl("app").build());
        List<HealthStatus> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = health().watch(report -> seen.add(report.status()))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly(UNKNOWN));
            for (HealthStatus status : List.of(UP, DOWN, UP)) {
                health().push("app", status, null);
                await().atMost(SOON).untilAsserted(() -> assertThat(seen).endsWith(status));
            }
            health().maintenance(true, "disk swap");
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).endsWith(OUT_OF_SERVICE));
        }
    }

    @Test
    @Clause("HEA-17")
    default void callsNobodyAfterAWatchOfHealthIsClosed() {
        health().define(Check.ttl("app").build());
        List<HealthStatus> closed = Collections.synchronizedList(new ArrayList<>());
        List<HealthStatus> open = Collections.synchronizedList(new ArrayList<>());
        Subscription first = health().watch(report -> closed.add(report.status()));
        try (Subscription ignored = health().watch(report -> open.add(report.status()))) {
            await().atMost(SOON).until(() -> !closed.isEmpty() && !open.isEmpty());
            first.close();
            first.close();

            health().push("app", DOWN, null);

            await().atMost(SOON).untilAsserted(() -> assertThat(open).endsWith(DOWN));
            assertThat(closed).doesNotContain(DOWN);
        }
    }

    @Test
    @Clause("HEA-18")
    default void cutsWhatACheckSaysAtFourKibibytes() {
        health().define(Check.ttl("app").build());

        CheckState state = health().push("app", UP, "x".repeat(10_000));

        assertThat(state.output()).startsWith("xxxx").hasSizeLessThanOrEqualTo(4096);
    }

    private Health health() {
        return sidecar().health();
    }

    private void awaitStatus(String name, HealthStatus status) {
        await(name + " is " + status)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> health().check(name).orElseThrow().status() == status);
    }

    private static List<String> names(HealthReport report) {
        return report.checks().stream().map(CheckState::name).toList();
    }
}
