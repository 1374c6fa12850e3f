package dev.sidecar.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OpsPageTest {

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
    void isOpenToAnybodyAndHasNoDataInIt() {
        HttpResponse<String> page = page();

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.body())
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("orders", server.token().value());
    }

    @Test
    void runsNothingButItsOwnScriptAndStyle() throws Exception {
        HttpResponse<String> page = page();

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src " + hash(page.body(), "script") + "; style-src "
                        + hash(page.body(), "style")
                        + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
    }

    @Test
    void isSelfContainedAndMakesTextOfWhatItIsTold() {
        assertThat(page().body())
                .doesNotContain("http://", " src=", "innerHTML", "insertAdjacentHTML", "document.write", "Storage");
    }

    @Test
    void isNowhereElse() {
        assertThat(server.send(server.ops("/index.html")).statusCode()).isEqualTo(404);
        assertThat(server.send(server.ops("/page.html")).statusCode()).isEqualTo(404);
        assertThat(server.send(server.api("/")).statusCode()).isEqualTo(404);
    }

    @Test
    void theActuatorSaysOfThisProcessWhatTheApiSays() {
        JsonNode overview = RunningServer.json(server.send(server.ops("/actuator/sidecar")));

        assertThat(overview.get("delivery").asString()).isEqualTo("sidecar");
        assertThat(overview.get("info")).isEqualTo(RunningServer.json(server.send(server.api("/v1"))));
    }

    @Test
    void orchestratorsFindTheProbesWhereTheyLookForThem() {
        assertThat(probe("readiness")).isEqualTo(200);
        assertThat(probe("liveness")).isEqualTo(200);

        maintenance(true);
        assertThat(probe("readiness")).isEqualTo(503);
        assertThat(probe("liveness")).isEqualTo(200);
        HttpResponse<String> ready = server.send(server.api("/v1/health/ready"));
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.headers().firstValue("Retry-After")).isPresent();

        maintenance(false);
        assertThat(probe("readiness")).isEqualTo(200);
    }

    /** Without the token. */
    private static int probe(String group) {
        URI url = URI.create(server.listeners().opsUrl() + "/actuator/health/" + group);
        return server.send(HttpRequest.newBuilder(url)).statusCode();
    }

    private static void maintenance(boolean enabled) {
        server.send(server.api("/v1/health/maintenance")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"enabled\":" + enabled + "}")));
    }

    private static HttpResponse<String> page() {
        return server.send(HttpRequest.newBuilder(URI.create(server.listeners().opsUrl() + "/")));
    }

    private static String hash(String page, String element) throws Exception {
        Matcher found = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
