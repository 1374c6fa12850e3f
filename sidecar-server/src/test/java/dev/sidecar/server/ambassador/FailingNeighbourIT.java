package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.resilience.HostileUpstream;
import dev.sidecar.tck.wire.RawHttp;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real pair whose neighbours fail: what the application sees, call by call, and what the sidecar says of it. */
class FailingNeighbourIT {

    private static final HostileUpstream.Behaviour FINE = HostileUpstream.answer(200, "", "fine");
    private static final HostileUpstream.Behaviour SICK = HostileUpstream.answer(500, "", "sick");
    private static final HostileUpstream.Behaviour BUSY = HostileUpstream.answer(503, "", "busy");

    @TempDir
    static Path directory;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HostileUpstream BREAKING = HostileUpstream.start(SICK);
    private static final HostileUpstream EJECTED = HostileUpstream.start(SICK);
    private static final HostileUpstream WELL = HostileUpstream.start(FINE);
    private static final HostileUpstream TRIED = HostileUpstream.start(BUSY);
    private static SidecarProcess sidecar;
    private static String ambassador;

    @BeforeAll
    static void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String route = "sidecar.ambassador.routes.";
        sidecar = SidecarProcess.run(directory, "caller", List.of("sleep", "600"))
                .set("sidecar.ambassador.port", String.valueOf(port))
                .set(route + "breaking.urls", url(BREAKING))
                .set(route + "breaking.retries.max", "0")
                .set(route + "breaking.circuit-breaker.window", "4")
                .set(route + "breaking.circuit-breaker.minimum-calls", "4")
                .set(route + "breaking.circuit-breaker.failure-rate", "50%")
                .set(route + "breaking.circuit-breaker.open-for", "5s")
                .set(route + "breaking.circuit-breaker.half-open-calls", "1")
                .set(route + "ejecting.urls", url(EJECTED) + "," + url(WELL))
                .set(route + "ejecting.retries.max", "0")
                .set(route + "ejecting.outlier-ejection.consecutive-failures", "2")
                .set(route + "trying.urls", url(TRIED))
                .set(route + "trying.circuit-breaker.enabled", "false")
                .set(route + "trying.retries.backoff", "1ms")
                .set(route + "moved.urls", "http://moved.test:" + WELL.port())
                .env("SIDECAR_JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts())
                .start();
        ambassador = "http://127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        List.of(BREAKING, EJECTED, WELL, TRIED).forEach(HostileUpstream::close);
    }

    // Nobody listens at the first of its addresses.
    private static Path hosts() throws IOException {
        return Files.writeString(
                directory.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.2 moved.test\n127.0.0.1 moved.test\n");
    }

    private static String url(HostileUpstream upstream) {
        return "http://127.0.0.1:" + upstream.port();
    }

    private static String call(String route) {
        try {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(ambassador + "/" + route + "/x"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode()
                    + answer.headers()
                            .firstValue("Sidecar-Reason")
                            .map(reason -> " " + reason)
                            .orElse("");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> calls(String route, int count) {
        return IntStream.range(0, count).mapToObj(i -> call(route)).toList();
    }

    private static JsonNode report(String route) {
        return RawHttp.tcp(sidecar.api(), sidecar.token())
                .get("/v1/resilience/" + route)
                .expect(200)
                .json();
    }

    private static String scraped(String meter, String route) {
        return RawHttp.tcp(sidecar.ops(), sidecar.token())
                .get("/actuator/prometheus")
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith(meter) && line.contains("upstream=\"" + route + "\""))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    @Test
    void theBreakerOpensAfterFourFailuresAndClosesAfterOneSuccess() {
        assertThat(calls("breaking", 4)).containsOnly("500");
        assertThat(calls("breaking", 3)).containsOnly("503 circuit-open");
        assertThat(BREAKING.requests()).isEqualTo(4);
        assertThat(report("breaking").path("circuit").asString()).isEqualTo("open");
        assertThat(scraped("sidecar_resilience_circuit{", "breaking")).isEqualTo("2.0");

        // The first one let through fails: open again.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> call("breaking"), answer -> !answer.equals("503 circuit-open"));
        assertThat(BREAKING.requests()).isEqualTo(5);
        assertThat(call("breaking")).isEqualTo("503 circuit-open");

        BREAKING.behave(FINE);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> call("breaking"), answer -> !answer.equals("503 circuit-open"));
        assertThat(calls("breaking", 5)).containsOnly("200");
        assertThat(BREAKING.requests()).isEqualTo(11);
        assertThat(report("breaking").path("circuit").asString()).isEqualTo("closed");
    }

    @Test
    void anInstanceIsEjectedAfterTwoFailuresAndTheOtherNever() {
        List<String> first = calls("ejecting", 4);
        assertThat(first).containsExactlyInAnyOrder("200", "500", "200", "500");
        assertThat(calls("ejecting", 20)).containsOnly("200");
        assertThat(EJECTED.requests()).isEqualTo(2);

        WELL.behave(SICK);
        assertThat(calls("ejecting", 4)).as("the last one is never ejected").containsOnly("500");
        WELL.behave(FINE);
        assertThat(EJECTED.requests()).isEqualTo(2);
        assertThat(report("ejecting").path("ejections").asInt()).isEqualTo(1);
    }

    @Test
    void aNameWithADeadAddressIsReachedAtItsNextOne() {
        assertThat(calls("moved", 3)).containsOnly("200");
        assertThat(report("moved").path("refused").isEmpty()).isTrue();
    }

    @Test
    void retriesStopWhenTheirBudgetIsSpent() {
        assertThat(calls("trying", 100)).containsOnly("503");

        // Ten, and a fifth of a hundred: what counts as a call before its own try may add.
        assertThat(TRIED.requests()).isBetween(125, 130);
        assertThat(scraped("sidecar_resilience_refused_total{reason=\"retry-budget-spent\"", "trying"))
                .isNotIn("0.0", "none");
        JsonNode records = RawHttp.tcp(sidecar.api(), sidecar.token())
                .get("/v1/logs?limit=50&q=retry-budget-spent")
                .expect(200)
                .json()
                .path("records");
        assertThat(records.size()).isPositive();
        assertThat(records.get(0).path("attributes").path("sidecar.route").asString())
                .isEqualTo("trying");
    }
}
