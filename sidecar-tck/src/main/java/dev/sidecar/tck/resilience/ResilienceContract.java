package dev.sidecar.tck.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.resilience.CircuitState;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.UpstreamReport;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.SidecarContract;
import org.junit.jupiter.api.Test;

/** What {@link dev.sidecar.resilience.Resilience} lets one see. */
public interface ResilienceContract extends SidecarContract {

    @Test
    @Clause("RES-01")
    default void showsTheDefaults() {
        assertThat(sidecar().resilience().report().defaults()).isEqualTo(ResiliencePolicy.DEFAULT);
    }

    @Test
    @Clause("RES-02")
    default void saysHowAServiceWouldBeCalled() {
        String service = Fresh.name("never-called");

        UpstreamReport report = sidecar().resilience().upstream(service);

        assertThat(report.name()).isEqualTo(service);
        assertThat(report.service()).isEqualTo(service);
        assertThat(report.policy()).isEqualTo(ResiliencePolicy.DEFAULT);
        assertThat(report.circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(report.calls()).isZero();
    }

    @Test
    @Clause("RES-03")
    default void aNameThatWasOnlyAskedAboutIsNotListed() {
        String service = Fresh.name("never-called");

        sidecar().resilience().upstream(service);

        assertThat(sidecar().resilience().report().upstreams())
                .noneMatch(upstream -> upstream.name().equals(service));
    }
}
