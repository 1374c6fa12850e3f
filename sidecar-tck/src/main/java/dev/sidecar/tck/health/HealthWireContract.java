package dev.sidecar.tck.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.WireContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Health in plain HTTP. */
public interface HealthWireContract extends WireContract {

    String TTL_CHECK = "{\"type\":\"ttl\",\"ttl\":\"5m\",\"fall\":1}";

    @AfterEach
    default void removeTheChecksOfTheTest() {
        http().put("/v1/health/maintenance", "{\"enabled\":false}");
        http().get("/v1/health").json().path("checks").forEach(check -> http().delete(
                        "/v1/health/checks/" + check.path("name").asString()));
    }

    @Test
    @Clause("HEA-01")
    default void isUpWithoutChecks() {
        for (String path : List.of("/v1/health", "/v1/health/live", "/v1/health/ready", "/v1/health/startup")) {
            JsonNode report = http().get(path).expect(200).json();
            assertThat(report.path("status").asString()).isEqualTo("UP");
            assertThat(report.path("checks").isArray()).isTrue();
            assertThat(report.path("checks").size()).isZero();
        }
    }

    @Test
    @Clause("HEA-02")
    default void aCheckIsUnknownUntilItsFirstResult() {
        define("app", TTL_CHECK);

        assertThat(check("app").path("status").asString()).isEqualTo("UNKNOWN");
        assertThat(http().get("/v1/health").expect(503).json().path("status").asString())
                .isEqualTo("UNKNOWN");
    }

    @Test
    @Clause("HEA-03")
    default void fillsInTheDefaults() {
        define("app", "{\"type\":\"ttl\",\"ttl\":\"1m\"}");

        JsonNode check = check("app");
        assertThat(check.path("name").asString()).isEqualTo("app");
        assertThat(check.path("type").asString()).isEqualTo("ttl");
        assertThat(check.path("critical").asBoolean()).isTrue();
        assertThat(check.path("groups").toString()).isEqualTo("[\"ready\"]");
        assertThat(check.path("passes").asInt(-1)).isZero();
        assertThat(check.path("failures").asInt(-1)).isZero();
    }

    @Test
    @Clause("HEA-04")
    default void theApplicationsWordDecidesOnATtlCheck() {
        define("app", TTL_CHECK);

        for (String status : List.of("UP", "DEGRADED", "DOWN", "UP")) {
            push("app", status);

            JsonNode check = check("app");
            assertThat(check.path("status").asString()).isEqualTo(status);
            assertThat(check.path("output").asString()).isEqualTo("said " + status);
            Answer report = http().get("/v1/health").expect(status.equals("DOWN") ? 503 : 200);
            assertThat(report.json().path("status").asString()).isEqualTo(status);
        }
    }

    @Test
    @Clause("HEA-06")
    default void aGroupHasItsOwnChecksAndStatus() {
        define("live", "{\"type\":\"ttl\",\"ttl\":\"5m\",\"fall\":1,\"groups\":[\"live\"]}");
        define("ready", TTL_CHECK);
        push("live", "UP");
        push("ready", "DOWN");

        assertThat(names(http().get("/v1/health/live").expect(200))).containsExactly("live");
        assertThat(names(http().get("/v1/health/ready").expect(503))).containsExactly("ready");
        assertThat(names(http().get("/v1/health/startup").expect(200))).isEmpty();
        assertThat(names(http().get("/v1/health").expect(503))).containsExactly("live", "ready");
    }

    @Test
    @Clause("HEA-09")
    default void maintenanceIsStickyWhateverTheChecksSay() {
        define("app", TTL_CHECK);
        JsonNode on = http().put("/v1/health/maintenance", "{\"enabled\":true,\"reason\":\"disk swap\"}")
                .expect(200)
                .json();
        assertThat(on.path("enabled").asBoolean()).isTrue();
        assertThat(Instant.parse(on.path("since").asString())).isBeforeOrEqualTo(Instant.now());

        push("app", "UP");

        JsonNode report = http().get("/v1/health/ready").expect(503).json();
        assertThat(report.path("status").asString()).isEqualTo("OUT_OF_SERVICE");
        http().put("/v1/health/maintenance", "{\"enabled\":false}").expect(200);
        http().get("/v1/health/ready").expect(200);
    }

    @Test
    @Clause("HEA-11")
    default void removingTellsWhetherThereWasOne() {
        define("app", TTL_CHECK);

        assertThat(http().delete("/v1/health/checks/app").status()).isIn(200, 204);
        http().delete("/v1/health/checks/app").expectProblem(404, "unknown-check");
        http().get("/v1/health/checks/app").expectProblem(404, "unknown-check");
    }

    @Test
    @Clause("HEA-13")
    default void refusesAResultForWhatIsNoTtlCheck() {
        http().put("/v1/health/checks/nobody/status", "{\"status\":\"UP\"}").expectProblem(404, "unknown-check");
        define("script", "{\"type\":\"exec\",\"command\":[\"true\"]}");
        Answer answer = http().put("/v1/health/checks/script/status", "{\"status\":\"UP\"}");
        assertThat(answer.json().path("code").asString()).isEqualTo("not-a-ttl-check");
        assertThat(answer.status()).isBetween(400, 499);
    }

    @Test
    @Clause("HEA-15")
    default void refusesADefinitionThatCannotWork() {
        for (String bad : List.of(
                "{\"type\":\"http\"}",
                "{\"type\":\"tcp\",\"address\":\"no-port\"}",
                "{\"type\":\"exec\",\"command\":[]}",
                "{\"type\":\"ttl\",\"ttl\":\"5m\",\"fall\":0}")) {
            http().put("/v1/health/checks/app", bad).expectProblem(400, "invalid-check");
        }
        http().get("/v1/health/checks/app").expect(404);
    }

    @Test
    @Clause("HEA-50")
    default void refusesWhatIsNoDefinitionAtAll() {
        for (String bad : List.of("{}", "[]", "{\"type\":\"magic\"}", "{\"type\":\"ttl\",\"ttl\":\"soon\"}", "{")) {
            Answer answer = http().put("/v1/health/checks/app", bad).expect(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.detail()).isNotBlank();
        }
    }

    @Test
    @Clause("HEA-51")
    default void theNameOfACheckIsInItsPath() {
        Answer answer = http().put("/v1/health/checks/app", "{\"name\":\"other\",\"type\":\"ttl\",\"ttl\":\"5m\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).contains("name");
    }

    @Test
    @Clause("HEA-52")
    default void liveAndReadyNeedNoToken() {
        http().with("Authorization", null).get("/v1/health/live").expect(200);
        http().with("Authorization", null).get("/v1/health/ready").expect(200);
    }

    private void define(String name, String json) {
        Answer answer = http().put("/v1/health/checks/" + name, json);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    private void push(String name, String status) {
        http().put(
                        "/v1/health/checks/" + name + "/status",
                        "{\"status\":\"" + status + "\",\"output\":\"said " + status + "\"}")
                .expect(200);
    }

    private JsonNode check(String name) {
        return http().get("/v1/health/checks/" + name).expect(200).json();
    }

    private static List<String> names(Answer report) {
        return report.json()
                .path("checks")
                .valueStream()
                .map(check -> check.path("name").asString())
                .toList();
    }
}
