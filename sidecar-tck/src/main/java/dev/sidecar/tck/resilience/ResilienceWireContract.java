package dev.sidecar.tck.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.wire.Answer;
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
    @Clause("RES-11")
    default void anUnknownServiceIsSaidAtOnce() {
        Answer answer =
                http().get("/v1/invoke/" + Fresh.name("nobody") + "/items").expectProblem(503, "unknown-service");

        assertThat(answer.header("Sidecar-Reason")).isEqualTo("unknown-service");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    @Clause("RES-19")
    default void callsANeighbourByItsName() {
        HostileUpstream.Behaviour teapot = HostileUpstream.answer(418, "X-Own: 1", "short");
        try (HostileUpstream upstream = HostileUpstream.start(teapot)) {
            String service = Fresh.name("neighbour");
            http().put(
                            "/v1/services/" + service + "/instances/one",
                            "{\"address\":\"127.0.0.1\",\"port\":" + upstream.port() + "}")
                    .expect(201);

            Answer answer = http().get("/v1/invoke/" + service + "/pot?a=b").expect(418);

            assertThat(answer.body()).isEqualTo("short");
            assertThat(answer.header("X-Own")).isEqualTo("1");
        }
    }

    @Test
    @Clause("RES-50")
    default void refusesAnUpstreamThatHasNoName() {
        http().get("/v1/resilience/two%20words").expectProblem(400, "invalid-name");
    }
}
