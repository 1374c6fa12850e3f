package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DEGRADED;
import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.OUT_OF_SERVICE;
import static dev.sidecar.health.HealthStatus.UNKNOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.SidecarException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHealthTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private TestHealth test;
    private LocalHealth health;

    @BeforeEach
    void start() {
        test = new TestHealth(home);
        health = test.health;
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void isUpWithoutChecks() {
        assertThat(health.report()).isEqualTo(new HealthReport(UP, java.util.List.of(), Maintenance.OFF, null));
        assertThat(health.report(HealthGroup.READY).status()).isEqualTo(UP);
    }

    @Test
    void isUnknownUntilTheFirstResult() {
        test.define(CheckDefinition.ttl("queue", LONG));

        assertThat(test.state("queue").status()).isEqualTo(UNKNOWN);
        assertThat(test.state("queue").lastRunAt()).isNull();
        assertThat(health.report().status()).isEqualTo(UNKNOWN);
    }

    @Test
    void theWorstCheckDecides() {
        test.define(CheckDefinition.ttl("a", LONG));
        test.define(CheckDefinition.ttl("b", LONG));
        health.push("a", UP, null);
        health.push("b", DEGRADED, "cache is cold");
        assertThat(health.report().status()).isEqualTo(DEGRADED);

        health.push("a", DOWN, "disk is full");

        assertThat(health.report().status()).isEqualTo(DOWN);
        assertThat(test.state("a").output()).isEqualTo("disk is full");
    }

    @Test
    void aCheckThatIsNotCriticalMakesDegradedAtWorst() {
        test.define(CheckDefinition.ttl("cache", LONG).critical(false));
        assertThat(health.report().status()).isEqualTo(DEGRADED);

        health.push("cache", DOWN, null);

        assertThat(test.state("cache").status()).isEqualTo(DEGRADED);
        assertThat(health.report().status()).isEqualTo(DEGRADED);
    }

    @Test
    void aGroupSeesOnlyItsChecks() {
        test.define(CheckDefinition.ttl("live", LONG).groups(HealthGroup.LIVE));
        test.define(CheckDefinition.ttl("both", LONG).groups(HealthGroup.LIVE, HealthGroup.READY));
        test.define(CheckDefinition.ttl("shown", LONG).groups());
        health.push("live", DOWN, null);
        health.push("both", UP, null);
        health.push("shown", UP, null);

        assertThat(health.report(HealthGroup.LIVE).checks())
                .extracting(CheckState::name)
                .containsExactly("both", "live");
        assertThat(health.report(HealthGroup.LIVE).status()).isEqualTo(DOWN);
        assertThat(health.report(HealthGroup.READY).status()).isEqualTo(UP);
        assertThat(health.report(HealthGroup.STARTUP).status()).isEqualTo(UP);
        assertThat(health.report().checks()).extracting(CheckState::name).containsExactly("both", "live", "shown");
    }

    @Test
    void aTtlCheckThatIsSilentFailsAtOnceAndComesBackWithAWord() {
        test.define(CheckDefinition.ttl("queue", Duration.ofMillis(50)).fall(10));
        health.push("queue", UP, "fine");

        CheckState silent = test.awaitStatus("queue", DOWN);
        assertThat(silent.output()).contains("50ms");

        assertThat(health.push("queue", UP, "fine again").status()).isEqualTo(UP);
    }

    @Test
    void aWordInTimeKeepsATtlCheckUp() {
        test.define(CheckDefinition.ttl("queue", Duration.ofMillis(500)));
        health.push("queue", UP, null);
        CheckState first = test.state("queue");

        for (int i = 0; i < 10; i++) {
            org.awaitility.Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            health.push("queue", UP, null);
        }

        assertThat(test.state("queue").since()).isEqualTo(first.since());
        assertThat(test.state("queue").status()).isEqualTo(UP);
    }

    @Test
    void refusesWordsThatMeanNothing() {
        test.define(CheckDefinition.ttl("queue", LONG));
        test.define(CheckDefinition.tcp("db", "127.0.0.1:1"));

        assertThatThrownBy(() -> health.push("other", UP, null))
                .isInstanceOfSatisfying(SidecarException.class, e -> {
                    assertThat(e.code()).isEqualTo("unknown-check");
                    assertThat(e.problem().status()).isEqualTo(404);
                })
                .hasMessageContaining("'other'");
        assertThatThrownBy(() -> health.push("db", UP, null))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("not-a-ttl-check"))
                .hasMessageContaining("tcp");
        assertThatThrownBy(() -> health.push("queue", UNKNOWN, null))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("invalid-status"))
                .hasMessageContaining("UNKNOWN");
    }

    @Test
    void anEqualDefinitionKeepsTheStateAndAnotherBeginsAnew() {
        test.define(CheckDefinition.ttl("queue", LONG));
        health.push("queue", DOWN, null);

        assertThat(test.define(CheckDefinition.ttl("queue", LONG).fall(3)).status())
                .isEqualTo(DOWN);
        assertThat(test.define(CheckDefinition.ttl("queue", LONG).critical(false))
                        .status())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aBadDefinitionLeavesTheOldCheck() {
        test.define(CheckDefinition.ttl("queue", LONG));
        health.push("queue", UP, null);

        assertThatThrownBy(() -> test.define(CheckDefinition.tcp("queue", "nowhere")))
                .hasMessageContaining("address");

        assertThat(test.state("queue").status()).isEqualTo(UP);
    }

    @Test
    void aRemovedCheckIsGone() {
        test.define(CheckDefinition.ttl("queue", LONG));
        health.push("queue", DOWN, null);

        assertThat(health.remove("queue")).isTrue();

        assertThat(health.remove("queue")).isFalse();
        assertThat(health.check("queue")).isEmpty();
        assertThat(health.report().status()).isEqualTo(UP);
    }

    @Test
    void maintenanceTakesOutOfTrafficAndNothingElse() {
        test.define(CheckDefinition.ttl("queue", LONG).groups(HealthGroup.LIVE, HealthGroup.READY));
        health.push("queue", UP, null);

        Maintenance word = health.maintenance(true, "disk is replaced");

        assertThat(word.since()).isNotNull();
        assertThat(health.report().status()).isEqualTo(OUT_OF_SERVICE);
        assertThat(health.report().maintenance()).isEqualTo(word);
        assertThat(health.report(HealthGroup.READY).status()).isEqualTo(OUT_OF_SERVICE);
        assertThat(health.report(HealthGroup.LIVE).status()).isEqualTo(UP);
        assertThat(health.report(HealthGroup.STARTUP).status()).isEqualTo(UP);
        assertThat(test.state("queue").status()).isEqualTo(UP);
    }

    @Test
    void noCheckEndsMaintenance() {
        test.define(CheckDefinition.ttl("queue", LONG));
        health.maintenance(true, null);

        health.push("queue", DOWN, null);
        assertThat(health.report().status()).isEqualTo(OUT_OF_SERVICE);
        health.push("queue", UP, null);
        health.remove("queue");
        assertThat(health.report().status()).isEqualTo(OUT_OF_SERVICE);

        assertThat(health.maintenance(false, null)).isEqualTo(Maintenance.OFF);
        assertThat(health.report().status()).isEqualTo(UP);
    }

    @Test
    void drainingTakesOutOfTrafficApartFromMaintenance() {
        health.maintenance(true, null);
        health.draining(true);
        health.maintenance(false, null);

        assertThat(health.report(HealthGroup.READY).status()).isEqualTo(OUT_OF_SERVICE);
        assertThat(health.report(HealthGroup.LIVE).status()).isEqualTo(UP);

        health.draining(false);
        assertThat(health.report(HealthGroup.READY).status()).isEqualTo(UP);
    }

    @Test
    void startFailsWithABadCheck() {
        CheckDefinition bad = CheckDefinition.http("app", "localhost:80").build();

        assertThatThrownBy(() -> new TestHealth(home, bad)).hasMessageContaining("check 'app': url");
    }
}
