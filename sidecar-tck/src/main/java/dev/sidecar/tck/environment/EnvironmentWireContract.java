package dev.sidecar.tck.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.wire.WireContract;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Environment in plain HTTP. */
public interface EnvironmentWireContract extends WireContract {

    @Test
    @Clause("ENV-01")
    default void tellsTheHostAndItsSystem() {
        JsonNode facts = facts();

        assertThat(facts.at("/host/name").asString()).isNotBlank();
        assertThat(facts.at("/host/cpus").asInt()).isPositive();
        assertThat(facts.at("/os/type").asString()).isNotBlank();
    }

    @Test
    @Clause("ENV-04")
    default void hidesSecretsInVariables() {
        assertThat(facts().at("/variables/TCK_PASSWORD").asString()).isEqualTo("[REDACTED]");
    }

    @Test
    @Clause("ENV-10")
    default void aWrongMethodOnEnvironmentIsAProblem() {
        http().put("/v1/environment", "{}").expectProblem(405, "method-not-allowed");
    }

    private JsonNode facts() {
        return http().get("/v1/environment").expect(200).json();
    }
}
