package dev.sidecar.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DiscoveryApiTest {

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void createsThenRenewsThenEndsALease() {
        HttpResponse<String> first = put("leases", "one", "{\"port\":3000}");
        JsonNode body = RunningServer.json(first);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(body.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(body.path("ttl").asString()).isEqualTo("15s");
        assertThat(body.path("healthy").asBoolean()).isTrue();

        assertThat(put("leases", "one", "{\"port\":3000}").statusCode()).isIn(200, 201);
        assertThat(send("DELETE", "/v1/services/leases/instances/one", null).statusCode())
                .isEqualTo(204);
        HttpResponse<String> again = send("DELETE", "/v1/services/leases/instances/one", null);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(RunningServer.json(again).path("code").asString()).isEqualTo("unknown-instance");
    }

    @Test
    void pagesAreFollowedByTheirCursor() {
        for (String instance : List.of("a", "b", "c")) {
            put("paged", instance, "{\"port\":1}");
        }

        JsonNode first = get("/v1/services/paged?limit=2");
        assertThat(names(first)).containsExactly("a", "b");
        JsonNode second =
                get("/v1/services/paged?limit=2&cursor=" + first.path("cursor").asString());
        assertThat(names(second)).containsExactly("c");
        assertThat(second.has("cursor")).isFalse();
        assertThat(send("GET", "/v1/services/paged?limit=0", null).statusCode()).isEqualTo(400);
    }

    @Test
    void aBlockingReadIsAnsweredByTheChange() {
        long index = get("/v1/services/blocked").path("index").asLong();
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                () -> send("GET", "/v1/services/blocked?index=" + index + "&wait=20s", null));
        Instant start = Instant.now();

        put("blocked", "one", "{\"port\":1}");

        HttpResponse<String> changed = answer.join();
        assertThat(names(RunningServer.json(changed))).containsExactly("one");
        assertThat(changed.headers().firstValue("X-Sidecar-Index")).isPresent();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void refusesWhatItDoesNotKnowAndSaysWhere() {
        assertRefused(put("bad", "one", "{\"port\":1,\"prot\":2}"), "prot");
        assertRefused(put("bad", "one", "{\"port\":\"x\"}"), "port");
        assertRefused(put("bad", "one", "{\"address\":\"10.0.0.1\"}"), "port");
        assertRefused(put("bad", "one", "{\"port\":1,\"address\":\"http://x\"}"), "address");
        assertRefused(put("bad", "one", "{\"port\":1,\"address\":\"host:80\"}"), "address");
        assertRefused(put("bad", "one", "{\"port\":1,\"metadata\":{\"a\":null}}"), "metadata.a");
        assertRefused(put("bad", "one", "{\"port\":1,\"ttl\":\"2d\"}"), "ttl");
        assertRefused(put("bad", "a%40b", "{\"port\":1}"), "instance");
        assertRefused(send("GET", "/v1/services/bad?wait=soon&index=1", null), "wait");
        assertRefused(send("GET", "/v1/services/bad?index=x", null), "index");
        assertRefused(send("GET", "/v1/services/bad?index=1&wait=1ms&limit=0", null), "limit");
    }

    @Test
    void hostsLookAsTheyDidInTheRetiredSidecar() {
        put("customers", "one", "{\"address\":\"myhost\",\"port\":9000}");
        put("customers", "six", "{\"address\":\"::1\",\"port\":9443,\"secure\":true}");
        put("customers", "sick", "{\"port\":9001,\"healthy\":false}");

        JsonNode hosts = get("/hosts/customers");

        assertThat(hosts.size()).isEqualTo(2);
        assertThat(hosts.path(0).path("host").asString()).isEqualTo("myhost");
        assertThat(hosts.path(0).path("port").asInt()).isEqualTo(9000);
        assertThat(hosts.path(0).path("uri").asString()).isEqualTo("http://myhost:9000");
        assertThat(hosts.path(0).path("serviceId").asString()).isEqualTo("customers");
        assertThat(hosts.path(0).path("secure").asBoolean()).isFalse();
        assertThat(hosts.path(1).path("uri").asString()).isEqualTo("https://[::1]:9443");
    }

    private static void assertRefused(HttpResponse<String> answer, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(RunningServer.json(answer).path("detail").asString()).contains(field);
    }

    private static List<String> names(JsonNode list) {
        return list.path("instances")
                .valueStream()
                .map(i -> i.path("instance").asString())
                .toList();
    }

    private static JsonNode get(String path) {
        HttpResponse<String> answer = send("GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningServer.json(answer);
    }

    private static HttpResponse<String> put(String service, String instance, String body) {
        return send("PUT", "/v1/services/" + service + "/instances/" + instance, body);
    }

    private static HttpResponse<String> send(String method, String path, String body) {
        return server.send(server.api(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }
}
