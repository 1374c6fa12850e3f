package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole way with a real NGINX. */
class NginxIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private RealNginx nginx;
    private RunningServer server;
    private Backends orders;

    @BeforeEach
    void start() {
        nginx = new RealNginx(directory);
    }

    private void sidecar(String... more) {
        server = RunningServer.start(home, nginx.properties(more));
        orders = new Backends(server.bean(Sidecar.class), "orders");
    }

    @AfterEach
    void stop() {
        if (orders != null) {
            orders.close();
        }
        if (server != null) {
            server.close();
        }
        nginx.close();
    }

    @Test
    void servesInstancesThatComeAndGoAndSaysSo() {
        nginx.start();
        sidecar();
        assertThat(RunningServer.json(server.send(server.api("/v1")))
                        .at("/features/edge")
                        .asBoolean())
                .isTrue();
        assertThat(proxy().path("state").asString()).isEqualTo("watching");

        orders.add("a");
        awaitState("confirmed");
        assertThat(answers(6)).containsExactly("a");
        orders.add("b");
        await().atMost(Duration.ofSeconds(5)).until(() -> answers(6).equals(Set.of("a", "b")));
        orders.withdraw("a");
        await().atMost(Duration.ofSeconds(5)).until(() -> answers(6).equals(Set.of("b")));

        JsonNode proxy = proxy();
        assertThat(proxy.at("/history/0/how").asString()).isEqualTo("reload");
        assertThat(proxy.at("/history/0/diff").asString()).contains("-    server 127.0.0.1:");
        assertThat(proxy.at("/inputs/0/kind").asString()).isEqualTo("discovery");
        assertThat(proxy.at("/inputs/0/ageMs").asLong()).isLessThan(60_000);
        assertThat(staged()).isEmpty();
    }

    @Test
    void anEmptyRegistryKeepsTheLastServersUntilAnOperatorForcesIt() {
        nginx.start();
        sidecar();
        orders.add("a");
        awaitState("confirmed");

        orders.withdraw("a");

        awaitState("held");
        assertThat(proxy().at("/held/0/guard").asString()).isEqualTo("min-servers");
        assertThat(answers(3)).containsExactly("a");
        HttpResponse<String> refused = post("/v1/edge/web/apply");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(RunningServer.json(refused).path("code").asString()).isEqualTo("edge-held");
        HttpResponse<String> forced = post("/v1/edge/web/apply?force=true");
        assertThat(forced.statusCode()).as(forced.body()).isEqualTo(200);
        assertThat(get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void aProxyThatIsGoneIsPendingAndServedAgainWhenItIsBack() throws Exception {
        nginx.start();
        sidecar();
        orders.add("a");
        awaitState("confirmed");

        nginx.kill();
        awaitState("pending");
        orders.add("b");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Files.readString(nginx.destination()).split("server 127").length == 3);
        nginx.start();

        awaitState("confirmed");
        assertThat(answers(6)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aCandidateThatNginxRefusesIsNeverInItsPlace() throws IOException {
        Path template = directory.resolve("web.peb");
        Files.writeString(template, good(nginx.port));
        nginx.start();
        sidecar("sidecar.edge.web.template=" + template, "sidecar.edge.web.status=");
        orders.add("a");
        awaitState("confirmed");
        String before = Files.readString(nginx.destination());

        Files.writeString(template, good(nginx.port).replace("proxy_pass", "proxy_pas"));

        awaitState("rejected");
        JsonNode proxy = proxy();
        assertThat(proxy.path("message").asString()).contains("unknown directive \"proxy_pas\"");
        assertThat(proxy.path("diff").asString()).contains("+location / { proxy_pas http");
        assertThat(Files.readString(nginx.destination())).isEqualTo(before);
        assertThat(answers(2)).containsExactly("a");
        assertThat(staged()).isEmpty();

        Files.writeString(template, "upstream {{ nobody }} {\n  {{ servers.orders[0].nothing }}");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> proxy().path("reason").asString("").contains("'nobody'"));
        assertThat(proxy().path("reason").asString()).contains("web.peb line 1 column 13: 'nobody' is not defined");

        Files.writeString(template, good(nginx.port) + "# mended\n");
        awaitState("confirmed");
    }

    @Test
    void aReloadThatNginxRefusesIsRolledBack() throws IOException {
        Path template = directory.resolve("web.peb");
        Files.writeString(template, good(nginx.port));
        nginx.start();
        sidecar("sidecar.edge.web.template=" + template, "sidecar.edge.web.status=");
        orders.add("a");
        awaitState("confirmed");
        String before = Files.readString(nginx.destination());

        // nginx -t does not mind a port that another has; the master does.
        Files.writeString(
                template,
                good(nginx.port) + "server { listen "
                        + server.listeners().apiUrl().replaceAll(".*:", "127.0.0.1:") + "; }\n");

        awaitState("rolled-back");
        assertThat(proxy().path("message").asString()).contains("Address already in use");
        assertThat(Files.readString(nginx.destination())).isEqualTo(before);
        assertThat(answers(2)).containsExactly("a");
        assertThat(proxy().path("attempts").asInt()).isPositive();
    }

    @Test
    void rollbackGoesToTheOneBeforeAndStaysThere() {
        nginx.start();
        sidecar();
        assertThat(post("/v1/edge/web/rollback").statusCode()).isEqualTo(409);
        orders.add("a");
        awaitState("confirmed");
        orders.add("b");
        await().atMost(Duration.ofSeconds(5)).until(() -> answers(6).equals(Set.of("a", "b")));

        assertThat(post("/v1/edge/web/rollback").statusCode()).isEqualTo(200);
        assertThat(answers(6)).containsExactly("a");
        orders.add("c");
        awaitState("pinned");
        assertThat(answers(6)).containsExactly("a");
        assertThat(post("/v1/edge/web/apply").statusCode()).isEqualTo(200);
        assertThat(answers(9)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void anInstanceNobodyCanServeDoesNotKeepTheOthersFromBeingServed() {
        nginx.start();
        sidecar();
        orders.register("evil", "no-such-host.invalid", 80, Map.of("zone", "a;}\n{{ x }}"));
        orders.add("a");

        awaitState("confirmed");
        assertThat(answers(3)).containsExactly("a");
        assertThat(proxy().at("/skipped/0").asString()).contains("evil", "does not resolve");
    }

    @Test
    void aFileThatNoWorkerWouldReadIsRejectedAndNotCalledConfirmed() {
        nginx.start();
        sidecar("sidecar.edge.web.destination=" + directory.resolve("elsewhere.conf"));
        orders.add("a");

        awaitState("rejected");
        assertThat(proxy().path("message").asString())
                .contains("nginx.conf does not include " + directory.resolve("elsewhere.conf"));
        assertThat(directory.resolve("elsewhere.conf")).doesNotExist();
    }

    @Test
    void aDestinationThatIsIncludedThroughALinkIsJudgedBeforeItIsInItsPlace() throws IOException {
        Path available = Files.createDirectories(directory.resolve("available")).resolve("web.conf");
        Files.writeString(available, "# nothing yet\n");
        Files.createSymbolicLink(directory.resolve("conf.d/web.conf"), available);
        Path template = directory.resolve("web.peb");
        Files.writeString(template, good(nginx.port));
        nginx.start();
        sidecar(
                "sidecar.edge.web.destination=" + available,
                "sidecar.edge.web.template=" + template,
                "sidecar.edge.web.status=");
        orders.add("a");
        awaitState("confirmed");
        assertThat(answers(2)).containsExactly("a");

        Files.writeString(template, good(nginx.port) + "nonsense;");
        awaitState("rejected");
        assertThat(proxy().path("message").asString())
                .contains("unknown directive \"nonsense\" in")
                .contains(".staging-");
    }

    @Test
    void aPartialThatChangedAndAFileThatWasRemovedAreNoticed() throws IOException {
        Path template = directory.resolve("web.peb");
        Files.writeString(template, good(nginx.port) + "{% include \"more.peb\" %}\n");
        Files.writeString(directory.resolve("more.peb"), "# first\n");
        nginx.start();
        sidecar("sidecar.edge.web.template=" + template, "sidecar.edge.web.status=");
        orders.add("a");
        awaitState("confirmed");

        Files.writeString(directory.resolve("more.peb"), "# second\n");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.readString(nginx.destination()).contains("# second"));
        awaitState("confirmed");

        Files.delete(nginx.destination());
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(nginx.destination()));
        awaitState("confirmed");
        assertThat(answers(2)).containsExactly("a");
    }

    @Test
    void aMasterThatIsKilledIsReplacedThoughItsWorkersStillHoldThePort() throws Exception {
        sidecar("sidecar.edge.web.start=nginx,-c," + nginx.config());
        orders.add("a");
        awaitState("confirmed");
        long master = nginx.pid();

        assertThat(new ProcessBuilder("kill", "-KILL", String.valueOf(master))
                        .start()
                        .waitFor())
                .isZero();

        await().atMost(Duration.ofSeconds(15)).until(() -> nginx.pid() != master);
        awaitState("confirmed");
        assertThat(answers(3)).containsExactly("a");
        assertThat(states()).contains("pending");
        orders.add("b");
        await().atMost(Duration.ofSeconds(5)).until(() -> answers(6).equals(Set.of("a", "b")));
    }

    @Test
    void aProxyThatDoesNotStaySaysWhyAndIsNotStartedAgainAndAgain() {
        sidecar("sidecar.edge.web.start=sh,-c,echo no licence >&2; exit 3");
        orders.add("a");

        awaitState("pending");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(proxy().path("message").asString("")).contains("sh ended with 3", "no licence"));
    }

    @Test
    void anNginxOfAnotherContainerIsToldByACommandAndSeenByItsStatusPage() throws IOException {
        nginx.start();
        // Nothing here shows its processes, as where only the file is shared.
        String[] reach = {
            "sidecar.edge.web.pid-file=" + directory.resolve("not-here.pid"),
            "sidecar.edge.web.reload=kill,-HUP," + nginx.pid()
        };
        sidecar(reach);
        orders.add("a");
        awaitState("confirmed");
        assertThat(answers(2)).containsExactly("a");
        server.close();
        orders.close();

        sidecar(reach[0], reach[1], "sidecar.edge.web.status=");
        orders.add("b");
        awaitState("applied");
        assertThat(proxy().path("reason").asString()).contains("'status' is not given");
    }

    @Test
    void theLastGoodOneIsToldWithItsServersAndEachStateIsAMeter() {
        nginx.start();
        sidecar();
        int port = orders.add("a");
        awaitState("confirmed");

        JsonNode proxy = proxy();
        assertThat(proxy.at("/lastGood/generation").asString())
                .isEqualTo(proxy.path("generation").asString());
        assertThat(proxy.at("/lastGood/instances/orders/0/port").asInt()).isEqualTo(port);
        assertThat(server.send(server.ops("/actuator/metrics/sidecar.edge.state?tag=state:confirmed"))
                        .body())
                .contains("\"value\":1.0");
        orders.withdraw("a");
        awaitState("held");
        assertThat(proxy().at("/inputs/0/stale").asString()).contains("last known 1 are kept");
    }

    @Test
    void anOldWorkerThatASlowClientHoldsIsEndedWhenItsTimeIsOver() throws Exception {
        nginx.start();
        sidecar("sidecar.edge.web.drain=1s");
        orders.add("a");
        awaitState("confirmed");
        assertThat(answers(1)).containsExactly("a");
        try (Socket slow = new Socket("127.0.0.1", nginx.port)) {
            slow.setSoTimeout(8000);
            slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));

            orders.add("b");
            await().atMost(Duration.ofSeconds(5)).until(() -> answers(6).equals(Set.of("a", "b")));

            // Its own 'worker_shutdown_timeout' is ten seconds.
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static String good(int port) {
        return """
                upstream up { {% for s in servers.orders %}server {{ s.endpoint }};{% endfor %} }
                server { listen 127.0.0.1:PORT;
                location / { proxy_pass http://up; } }
                """
                .replace("PORT", String.valueOf(port));
    }

    private void awaitState(String state) {
        await("state " + state)
                .atMost(Duration.ofSeconds(15))
                .until(() -> proxy().path("state").asString(), state::equals);
    }

    private List<String> states() {
        List<String> states = new ArrayList<>();
        proxy().path("history").forEach(event -> states.add(event.path("state").asString()));
        return states;
    }

    private JsonNode proxy() {
        return RunningServer.json(server.send(server.api("/v1/edge/web")));
    }

    private HttpResponse<String> post(String path) {
        return server.send(server.api(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private Set<String> answers(int requests) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            names.add(get("/").body());
        }
        return names;
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> staged() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".staging-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
