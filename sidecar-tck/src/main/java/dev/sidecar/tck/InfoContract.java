package dev.sidecar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.LifecycleState;
import dev.sidecar.SidecarInfo;
import dev.sidecar.SidecarStatus;
import org.junit.jupiter.api.Test;

/** What a {@link dev.sidecar.Sidecar} says of itself. */
public interface InfoContract extends SidecarContract {

    @Test
    @Clause("SIDE-01")
    default void saysWhoseItIs() {
        SidecarInfo info = sidecar().info();

        assertThat(info.name()).isEqualTo(Setup.NAME);
        assertThat(info.instance()).isEqualTo(Setup.INSTANCE);
        assertThat(info.version()).isNotBlank();
        assertThat(info.state()).isEqualTo(LifecycleState.READY);
    }

    @Test
    @Clause("SIDE-02")
    default void saysWhichFeaturesAreOn() {
        assertThat(sidecar().info().features())
                .containsEntry("logging", true)
                .containsEntry("discovery", true)
                .containsEntry("health", true)
                .containsEntry("watchdog", true)
                .containsEntry("config", true)
                .containsEntry("resilience", true)
                .containsEntry("environment", true)
                .containsEntry("monitor", true);
    }

    @Test
    @Clause("SIDE-03")
    default void isWhole() {
        assertThat(sidecar().status()).isEqualTo(SidecarStatus.UP);
    }

    @Test
    @Clause(value = "SIDE-04", mayDiffer = "'library' or 'sidecar': the one answer that tells them apart")
    default void saysHowItIsDelivered() {
        assertThat(sidecar().info().delivery()).isNotNull();
    }
}
