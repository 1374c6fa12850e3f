package dev.sidecar.tck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a server answered.
 *
 * @param headers by name, without regard to case
 */
public record Answer(int status, Map<String, String> headers, String body) {

    public JsonNode json() {
        return SidecarJson.mapper().readTree(body);
    }

    public String header(String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new AssertionError("no header " + name + " in " + headers);
        }
        return value;
    }

    /** Fails with the body when the status is another. */
    public Answer expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** A refusal as every refusal is: problem details with a stable code and a detail a person can act on. */
    public Answer expectProblem(int expectedStatus, String code) {
        expect(expectedStatus);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("status").asInt()).isEqualTo(expectedStatus);
        assertThat(problem.path("code").asString()).as(body).isEqualTo(code);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        return this;
    }

    public String detail() {
        return json().path("detail").asString();
    }
}
