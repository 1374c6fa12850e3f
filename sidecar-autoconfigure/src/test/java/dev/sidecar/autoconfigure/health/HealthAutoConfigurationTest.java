package dev.sidecar.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.Failures;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class HealthAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SidecarAutoConfiguration.class,
                        HealthAutoConfiguration.class,
                        ApplicationAvailabilityAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthContributorAutoConfiguration.class,
                        AvailabilityHealthContributorAutoConfiguration.class,
                        AvailabilityProbesAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "sidecar.home=" + home,
                        "spring.application.name=orders",
                        "sidecar.logging.console.enabled=false",
                        "management.endpoint.health.show-components=always");
    }

    @Test
    void showsSidecarAsAComponent() {
        runner.run(context -> assertThat(context.getBean(HealthEndpoint.class)
                        .healthForPath("sidecar")
                        .getStatus())
                .isEqualTo(Status.UP));
    }

    @Test
    void showsEachCheckAsAComponent() {
        runner.withPropertyValues("sidecar.health.checks.db.type=ttl", "sidecar.health.checks.db.ttl=1m")
                .run(context -> {
                    context.getBean(Sidecar.class).health().push("db", HealthStatus.UP, "fine");
                    assertThat(status(context, "sidecarChecks", "db")).isEqualTo(Status.UP);
                });
    }

    @Test
    void isDegradedAndNotDownByAFailingCheck() {
        runner.withPropertyValues(
                        "sidecar.health.checks.db.type=ttl",
                        "sidecar.health.checks.db.ttl=1m",
                        "sidecar.health.checks.db.fall=1")
                .run(context -> {
                    context.getBean(Sidecar.class).health().push("db", HealthStatus.DOWN, "away");
                    accept(context);
                    await().untilAsserted(() -> assertThat(status(context)).isEqualTo(new Status("DEGRADED")));
                });
    }

    @Test
    void definesTheChecksOfTheConfiguration() {
        runner.withPropertyValues(
                        "sidecar.health.checks.db.type=tcp",
                        "sidecar.health.checks.db.address=127.0.0.1:1",
                        "sidecar.health.checks.db.groups=live,startup",
                        "sidecar.health.checks.db.critical=false")
                .run(context -> {
                    CheckState db =
                            context.getBean(Sidecar.class).health().check("db").orElseThrow();
                    assertThat(db.groups()).isEqualTo(Set.of(HealthGroup.LIVE, HealthGroup.STARTUP));
                    assertThat(db.critical()).isFalse();
                });
    }

    @Test
    void refusesACheckWithoutAType() {
        runner.withPropertyValues("sidecar.health.checks.db.address=127.0.0.1:1")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.health.checks.db.type", "is missing", "http, tcp, exec"));
    }

    @Test
    void refusesATypeThatIsNone() {
        runner.withPropertyValues("sidecar.health.checks.db.type=ping")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.health.checks.db.type", "ping", "TCP"));
    }

    @Test
    void refusesACheckThatCannotWork() {
        runner.withPropertyValues("sidecar.health.checks.db.type=http")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.health.checks.db.url: is missing"));
    }

    @Test
    void reportsReadinessWhenItChanges() {
        runner.run(context -> {
            accept(context);
            awaitSpring(context, HealthStatus.UP);
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
            awaitSpring(context, HealthStatus.DOWN);
            accept(context);
            awaitSpring(context, HealthStatus.UP);
        });
    }

    @Test
    void reportsWhatTheReadinessProbeSays() {
        runner.withUserConfiguration(Gate.class)
                .withPropertyValues("management.endpoint.health.group.readiness.include=readinessState,gate")
                .run(context -> {
                    accept(context);
                    awaitSpring(context, HealthStatus.UP);
                    context.getBean(Gate.class).status = Status.DOWN;
                    await().atMost(ReadinessReporter.INTERVAL.multipliedBy(2))
                            .untilAsserted(() -> assertThat(spring(context)).isEqualTo(HealthStatus.DOWN));
                });
    }

    @Test
    void reportsReadinessWithoutActuator() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SidecarAutoConfiguration.class,
                        HealthAutoConfiguration.class,
                        ApplicationAvailabilityAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    accept(context);
                    awaitSpring(context, HealthStatus.UP);
                });
    }

    @Test
    void maintenanceRefusesTrafficUntilItEnds() {
        runner.run(context -> {
            accept(context);
            Sidecar sidecar = context.getBean(Sidecar.class);
            sidecar.health().maintenance(true, "moving house");
            awaitReadiness(context, ReadinessState.REFUSING_TRAFFIC);

            sidecar.health().maintenance(false, null);
            awaitReadiness(context, ReadinessState.ACCEPTING_TRAFFIC);
        });
    }

    @Test
    void maintenanceIsNotUndoneByTheApplication() {
        runner.run(context -> {
            Sidecar sidecar = context.getBean(Sidecar.class);
            sidecar.health().maintenance(true, "moving house");
            accept(context);
            awaitReadiness(context, ReadinessState.REFUSING_TRAFFIC);

            sidecar.health().maintenance(false, null);
            awaitReadiness(context, ReadinessState.ACCEPTING_TRAFFIC);
        });
    }

    @Test
    void theEndOfMaintenanceDoesNotOpenAnApplicationThatIsClosed() {
        runner.run(context -> {
            accept(context);
            Sidecar sidecar = context.getBean(Sidecar.class);
            sidecar.health().maintenance(true, "moving house");
            awaitReadiness(context, ReadinessState.REFUSING_TRAFFIC);
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);

            sidecar.health().maintenance(false, null);
            await().during(java.time.Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(readiness(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC));
        });
    }

    @Test
    void leavesTheUsersOrderOfStatuses() {
        runner.withPropertyValues("management.endpoint.health.status.order=UP,DOWN")
                .run(context -> assertThat(
                                context.getBean(StatusAggregator.class).getAggregateStatus(Status.UP, Status.DOWN))
                        .isEqualTo(Status.UP));
    }

    @Test
    void leavesTheUsersAggregator() {
        runner.withUserConfiguration(OwnAggregator.class).run(context -> assertThat(context)
                .hasSingleBean(StatusAggregator.class)
                .hasBean("own"));
    }

    @Test
    void isNotThereWhenDisabled() {
        runner.withPropertyValues("sidecar.health.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(Sidecar.class).doesNotHaveBean(SidecarHealthIndicator.class);
            assertThat(context).doesNotHaveBean(ReadinessReporter.class).doesNotHaveBean(MaintenanceGate.class);
        });
    }

    @Test
    void isNotOnTheHealthEndpointWhenTheIndicatorIsDisabled() {
        runner.withPropertyValues("management.health.sidecar.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(SidecarHealthIndicator.class)
                .doesNotHaveBean(ChecksHealthContributor.class)
                .hasSingleBean(ReadinessReporter.class));
    }

    private static void accept(ApplicationContext context) {
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static Status status(ApplicationContext context, String... path) {
        return context.getBean(HealthEndpoint.class).healthForPath(path).getStatus();
    }

    private static HealthStatus spring(ApplicationContext context) {
        return context.getBean(Sidecar.class)
                .health()
                .check(ReadinessReporter.CHECK)
                .map(CheckState::status)
                .orElse(HealthStatus.UNKNOWN);
    }

    private static void awaitSpring(ApplicationContext context, HealthStatus status) {
        await().untilAsserted(() -> assertThat(spring(context)).isEqualTo(status));
    }

    private static ReadinessState readiness(ApplicationContext context) {
        return context.getBean(ApplicationAvailability.class).getReadinessState();
    }

    private static void awaitReadiness(ApplicationContext context, ReadinessState state) {
        await().untilAsserted(() -> assertThat(readiness(context)).isEqualTo(state));
    }

    @Configuration(proxyBeanMethods = false)
    static class Gate {
        volatile Status status = Status.UP;

        @Bean
        HealthIndicator gate() {
            return () -> Health.status(status).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnAggregator {
        @Bean
        StatusAggregator own() {
            return StatusAggregator.getDefault();
        }
    }
}
