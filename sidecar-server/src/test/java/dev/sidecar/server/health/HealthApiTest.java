package dev.sidecar.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HealthApiTest {

    private static final String TTL = "{\"type\":\"ttl\",\"ttl\":\"1m\"}";

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "sidecar.app.instance=orders-1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void removeAll() {
        put("maintenance", "{\"enabled\":false}");
        RunningServer.json(get(""))
                .path("checks")
                .forEach(check -> delete(check.path("name").asString()));
    }

    @Test
    void definesReplacesAndRemoves() {
        assertThat(put("checks/queue", TTL).statusCode()).isEqualTo(201);
        assertThat(put("checks/queue", TTL).statusCode()).isEqualTo(200);
        assertThat(get("checks/queue").statusCode()).isEqualTo(200);

        assertThat(delete("queue").statusCode()).isEqualTo(204);

        assertProblem(delete("queue"), 404, "unknown-check", "'queue'");
        assertProblem(get("checks/queue"), 404, "unknown-check", "'queue'");
    }

    @Test
    void takesWordsInAnyCaseAndDurationsAsText() {
        JsonNode check = RunningServer.json(
                put(
                        "checks/db",
                        "{\"type\":\"TCP\",\"address\":\"127.0.0.1:1\",\"groups\":[\"Live\"],\"interval\":\"20ms\",\"fall\":2}"));
        assertThat(check.path("type").asString()).isEqualTo("tcp");
        assertThat(check.path("groups").get(0).asString()).isEqualTo("live");

        await().until(() -> get("/live").statusCode() == 503);
        JsonNode report = RunningServer.json(get("/live"));
        assertThat(report.path("status").asString()).isEqualTo("DOWN");
        assertThat(report.path("checks").get(0).path("output").asString()).contains("127.0.0.1:1");
        assertThat(report.path("checks").get(0).path("lastRunAt").asString()).endsWith("Z");
    }

    @ParameterizedTest
    @CsvSource({"UP, 200", "DEGRADED, 200", "DOWN, 503", "up, 200"})
    void answers503WhereTrafficMayNotCome(String status, int answer) {
        put("checks/queue", TTL);
        assertThat(get("").statusCode()).isEqualTo(503);

        assertThat(put("checks/queue/status", "{\"status\":\"" + status + "\"}").statusCode())
                .isEqualTo(200);

        assertThat(get("").statusCode()).isEqualTo(answer);
        assertThat(get("/ready").statusCode()).isEqualTo(answer);
        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/startup").statusCode()).isEqualTo(200);
    }

    @Test
    void maintenanceHoldsUntilItIsEnded() {
        put("checks/queue", TTL);
        JsonNode word = RunningServer.json(put("maintenance", "{\"enabled\":true,\"reason\":\"disk\"}"));
        put("checks/queue/status", "{\"status\":\"UP\"}");

        assertThat(word.path("reason").asString()).isEqualTo("disk");
        assertThat(RunningServer.json(get("/ready")).path("status").asString()).isEqualTo("OUT_OF_SERVICE");
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/live").statusCode()).isEqualTo(200);

        assertThat(RunningServer.json(put("maintenance", "{\"enabled\":false}"))
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void whoShowsNoTokenLearnsOnlyTheStatus() {
        put("checks/queue", "{\"type\":\"ttl\",\"ttl\":\"1m\",\"groups\":[\"ready\",\"live\"]}");
        put("checks/queue/status", "{\"status\":\"DOWN\",\"output\":\"s3cret\"}");
        put("maintenance", "{\"enabled\":true,\"reason\":\"s3cret\"}");

        for (String path : new String[] {"/v1/health/ready", "/v1/health/live"}) {
            String open = server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(open).startsWith("HTTP/1.1 503").contains("\"queue\"").doesNotContain("s3cret");
            String guess = server.raw("GET " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer guess\r\nConnection: close\r\n\r\n");
            assertThat(guess).doesNotContain("s3cret");
            String socket =
                    server.rawBySocket("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(socket).startsWith("HTTP/1.1 503").contains("s3cret");
        }
        assertThat(get("/ready").body()).contains("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                       | invalid-check  | type: is missing",
                "{\"type\":\"magic\"}                     | wrong-type     | grpc",
                "{\"type\":\"ttl\"}                       | invalid-check  | ttl: is missing",
                "{\"type\":\"ttl\",\"ttl\":\"soon\"}      | wrong-type     | 15s",
                "{\"type\":\"ttl\",\"ttl\":\"5s\",\"x\":1}| unknown-field  | 'x'",
                "{\"type\":\"tcp\",\"address\":\"h\"}     | invalid-check  | host:port",
                "{\"type\":\"tcp\",\"address\":\"h:1\",\"groups\":[\"idle\"]} | wrong-type | live, ready, startup",
                "{\"type\":\"ttl\",\"ttl\":\"5s\",\"name\":\"other\"}       | invalid-check | 'other'",
                "[]                                       | wrong-type     | an object",
                "{                                        | malformed-json | not JSON",
            })
    void refusesAndSaysWhy(String body, String code, String detail) {
        assertProblem(put("checks/app", body), 400, code, detail);
        assertThat(get("checks/app").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesWordsThatMeanNothing() {
        put("checks/queue", TTL);
        put("checks/db", "{\"type\":\"tcp\",\"address\":\"127.0.0.1:1\"}");

        assertProblem(put("checks/queue/status", "{}"), 400, "invalid-status", "UP, DEGRADED or DOWN");
        assertProblem(put("checks/queue/status", "{\"status\":\"UNKNOWN\"}"), 400, "invalid-status", "UNKNOWN");
        assertProblem(put("checks/db/status", "{\"status\":\"UP\"}"), 409, "not-a-ttl-check", "tcp");
        assertProblem(put("checks/nobody/status", "{\"status\":\"UP\"}"), 404, "unknown-check", "'nobody'");
        assertProblem(put("maintenance", "{}"), 400, "invalid-maintenance", "true or false");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = RunningServer.json(answer);
        assertThat(problem.path("code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).contains(detail);
    }

    private static HttpResponse<String> get(String path) {
        return server.send(server.api(path(path)).GET());
    }

    private static HttpResponse<String> put(String path, String body) {
        return server.send(server.api(path(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> delete(String check) {
        return server.send(server.api("/v1/health/checks/" + check).DELETE());
    }

    private static String path(String path) {
        return "/v1/health" + (path.isEmpty() || path.startsWith("/") ? path : "/" + path);
    }
}
