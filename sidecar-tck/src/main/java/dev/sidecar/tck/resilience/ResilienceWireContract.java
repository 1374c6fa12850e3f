package dev.sidecar.tck.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.wire.WireContract;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Resilience in plain HTTP. */
public interface ResilienceWireContract extends WireContract {

    @Test
    @Clause("RES-01")
    default void showsTheDefaults() {
        JsonNode report = http().get("/v1/resilience").expect(200).json();

        assertThat(report.path("upstreams").isArray()).isTrue();
        JsonNode defaults = report.path("defaults");
        assertThat(defaults.path("timeout").asString()).isEqualTo("15s");
        assertThat(defaults.path("retries").path("max").asInt()).isEqualTo(1);
        assertThat(defaults.path("retries").path("budget").asString()).isEqualTo("20%");
        assertThat(defaults.path("circuitBreaker").path("enabled").asBoolean()).isTrue();
        assertThat(defaults.path("balancing").path("strategy").asString()).isEqualTo("round-robin");
    }

    @Test
    @Clause("RES-02")
    default void saysHowAServiceWouldBeCalled() {
        String service = Fresh.name("never-called");

        JsonNode report = http().get("/v1/resilience/" + service).expect(200).json();

        assertThat(report.path("name").asString()).isEqualTo(service);
        assertThat(report.path("policy").path("timeout").asString()).isEqualTo("15s");
        assertThat(report.path("circuit").asString()).isEqualTo("closed");
        assertThat(report.path("calls").asInt()).isZero();
    }

    @Test
    @Clause("RES-50")
    default void refusesAnUpstreamThatHasNoName() {
        http().get("/v1/resilience/two%20words").expectProblem(400, "invalid-name");
    }
}
