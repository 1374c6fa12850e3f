package dev.sidecar.tck.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.environment.ContainerFacts;
import dev.sidecar.environment.EnvironmentFacts;
import dev.sidecar.environment.HostFacts;
import dev.sidecar.environment.ProcessFacts;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.SidecarContract;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What {@link dev.sidecar.environment.Environment} promises, whoever delivers it. The application of the subject is
 * this process, started with the variables of {@link Setup#VARIABLES}.
 */
public interface EnvironmentContract extends SidecarContract {

    @Test
    @Clause("ENV-01")
    default void tellsTheHostAndItsSystem() {
        EnvironmentFacts facts = facts();
        HostFacts host = facts.host();

        assertThat(host.name()).isNotBlank();
        assertThat(host.cpus()).isPositive();
        assertThat(host.architecture()).isEqualTo(System.getProperty("os.arch"));
        assertThat(facts.os().type()).isEqualToIgnoringCase(System.getProperty("os.name"));
        if (Setup.onLinux()) {
            assertThat(host.memoryBytes()).isPositive();
            assertThat(host.bootedAt()).isBefore(Instant.now());
            assertThat(facts.os().kernel()).isNotBlank();
        }
    }

    @Test
    @Clause("ENV-02")
    default void keepsTheLimitsOfTheContainerApartFromTheHosts() {
        ContainerFacts container = facts().container();

        if (container != null) {
            assertThat(container.runtime()).isNotBlank();
            assertThat(container.limits()).isNotNull();
            Long memory = container.limits().memoryBytes();
            assertThat(memory == null || memory > 0).isTrue();
        }
    }

    @Test
    @Clause("ENV-03")
    default void tellsTimeZoneAndUser() {
        EnvironmentFacts facts = facts();

        assertThat(ZoneId.of(facts.timeZone().id())).isNotNull();
        assertThat(facts.user().name()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    @Clause("ENV-04")
    default void hidesSecretsInVariables() {
        EnvironmentFacts facts = facts();

        Setup.VARIABLES.forEach((name, value) -> assertThat(System.getenv(name))
                .as("the suite runs with the variable %s, see its README", name)
                .isEqualTo(value));
        assertThat(facts.variables())
                .containsEntry("TCK_PLAIN", "open")
                .containsEntry("TCK_PASSWORD", "[REDACTED]")
                .containsEntry("TCK_URL", "http://[REDACTED]@db.example:5432/orders");
    }

    @Test
    @Clause("ENV-05")
    default void tellsTheProcessOfTheApplication() {
        ProcessFacts process = Objects.requireNonNull(facts().process());

        assertThat(process.pid()).isEqualTo(ProcessHandle.current().pid());
    }

    private EnvironmentFacts facts() {
        return sidecar().environment().facts();
    }
}
