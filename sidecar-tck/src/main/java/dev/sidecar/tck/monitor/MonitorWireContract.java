package dev.sidecar.tck.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.wire.WireContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The monitor in plain HTTP. */
public interface MonitorWireContract extends WireContract {

    @Test
    @Clause("MON-01")
    default void measuresTheHost() {
        JsonNode sample = sample();

        assertThat(sample.at("/host/cpu/count").asInt()).isPositive();
        assertThat(sample.at("/host/memory/totalBytes").asLong()).isPositive();
        assertThat(sample.at("/host/fileSystems").isArray()).isTrue();
        assertThat(sample.at("/host/network").isArray()).isTrue();
    }

    @Test
    @Clause("MON-02")
    default void measuresTheProcessesOfTheApplication() {
        JsonNode sample = sample();

        assertThat(sample.at("/app/pid").asLong()).isPositive();
        assertThat(sample.at("/app/processCount").asInt()).isPositive();
        assertThat(sample.at("/app/rssBytes").asLong()).isPositive();
    }

    @Test
    @Clause(value = "MON-03", mayDiffer = "in the library the sidecar is the application's own process")
    default void measuresItself() {
        JsonNode sample = sample();

        assertThat(sample.at("/sidecar/pid").asLong())
                .isPositive()
                .isNotEqualTo(sample.at("/app/pid").asLong());
        assertThat(sample.at("/cost/cpuSeconds").isNumber()).isTrue();
    }

    @Test
    @Clause("MON-04")
    default void aSampleIsNoOlderThanASecond() {
        Instant asked = Instant.now();

        assertThat(Instant.parse(sample().path("sampledAt").asString())).isAfter(asked.minusMillis(1_100));
    }

    @Test
    @Clause("MON-05")
    default void tellsHowThresholdsStand() {
        JsonNode state = sample().at("/thresholds/0");

        assertThat(state.path("metric").asString()).isEqualTo("app.rssBytes");
        assertThat(state.path("status").asString()).isEqualTo("breached");
        assertThat(state.path("for").asString()).isEqualTo("0s");
    }

    @Test
    @Clause("MON-10")
    default void aWrongMethodOnTheMonitorIsAProblem() {
        http().put("/v1/monitor", "{}").expectProblem(405, "method-not-allowed");
    }

    private JsonNode sample() {
        return http().get("/v1/monitor").expect(200).json();
    }
}
