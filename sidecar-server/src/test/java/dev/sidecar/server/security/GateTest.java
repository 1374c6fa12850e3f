package dev.sidecar.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "sidecar.api.hosts=sidecar.internal");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void asksForATokenAndNamesTheFileThatHasIt() throws IOException {
        HttpResponse<String> response = server.send(withoutToken("/v1"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"sidecar\"");
        assertThat(code(response)).isEqualTo("token-required");
        Path file = server.token().file();
        assertThat(RunningServer.json(response).get("detail").asString()).contains(file.toString());
        assertThat(Files.readString(file)).isEqualTo(server.token().value());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "bearer x", "Bearer é"})
    void refusesAWrongToken(String authorization) {
        HttpResponse<String> response = server.send(withoutToken("/v1").header("Authorization", authorization));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(code(response)).isEqualTo("token-wrong");
    }

    @Test
    void refusesAnotherSchemeThanBearer() {
        HttpResponse<String> response = server.send(withoutToken("/v1")
                .header("Authorization", "Basic " + server.token().value()));

        assertThat(code(response)).isEqualTo("token-required");
    }

    @Test
    void takesTheSchemeInAnyCase() {
        HttpResponse<String> response = server.send(withoutToken("/v1")
                .header("Authorization", "bearer " + server.token().value()));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/health/live", "/v1/health/ready"})
    void answersProbesWithoutAToken(String path) {
        assertThat(server.send(withoutToken(path)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/health",
                "/v1/health/startup",
                "/v1/health/live/",
                "/v1/health/live;x",
                "/v1/health/live/../../logs",
                "/v1/health/%6Cive",
                "//v1/health/live",
                "/v1/unknown"
            })
    void opensNothingButTheProbes(String path) {
        assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void opensProbesForReadingOnly() {
        HttpResponse<String> response =
                server.send(withoutToken("/v1/health/live").DELETE());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void opensTheHealthOfTheActuatorAndNothingElseOfIt() {
        assertThat(server.send(opsWithoutToken("/actuator/health")).statusCode())
                .isEqualTo(200);
        assertThat(server.send(opsWithoutToken("/actuator/prometheus")).statusCode())
                .isEqualTo(401);
        assertThat(server.send(opsWithoutToken("/actuator")).statusCode()).isEqualTo(401);
        assertThat(server.send(server.ops("/actuator/prometheus")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:1234",
                "LOCALHOST",
                "127.0.0.1",
                "127.0.0.1:7300",
                "[::1]",
                "[::1]:80",
                "sidecar.internal",
                "sidecar.internal:8080"
            })
    void answersToLoopbackNamesAndConfiguredHosts(String host) {
        assertThat(server.raw("GET /v1/health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:7300",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1",
                "[fe80::1]",
                "sidecar.internal.evil.example"
            })
    void refusesAnyOtherHostEvenForProbes(String host) {
        String answer = server.raw("GET /v1/health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json", "\"host-not-allowed\"", "sidecar.api.hosts");
    }

    @Test
    void asksNoHostOrTokenOfTheUnixSocket() {
        assertThat(server.rawBySocket("GET /v1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesWhatAPageOfAnotherSiteAsks() {
        HttpResponse<String> byOrigin = server.send(server.api("/v1").header("Origin", "https://evil.example"));
        HttpResponse<String> bySite = server.send(server.api("/v1").header("Sec-Fetch-Site", "cross-site"));
        HttpResponse<String> sandboxed = server.send(server.api("/v1").header("Origin", "null"));

        assertThat(byOrigin.statusCode()).isEqualTo(403);
        assertThat(code(byOrigin)).isEqualTo("origin-not-allowed");
        assertThat(code(bySite)).isEqualTo("origin-not-allowed");
        assertThat(code(sandboxed)).isEqualTo("origin-not-allowed");
    }

    @Test
    void answersItsOwnPageAndConfiguredSites() {
        String own = server.listeners().apiUrl();

        assertThat(server.send(server.api("/v1").header("Origin", own)).statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.api("/v1").header("Origin", "https://sidecar.internal"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void keepsTheActuatorOffTheApiAndTheApiOffTheOpsPort() {
        HttpResponse<String> actuator = server.send(server.api("/actuator/health"));
        HttpResponse<String> api = server.send(server.ops("/v1"));

        assertThat(actuator.statusCode()).isEqualTo(404);
        assertThat(code(actuator)).isEqualTo("not-found");
        assertThat(api.statusCode()).isEqualTo(404);
        assertThat(code(api)).isEqualTo("not-found");
        assertThat(server.rawBySocket("GET /actuator HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/../actuator/env", "/actuator;/v1", "/V1", "/v1x", "/%76%31/../actuator/prometheus"})
    void isNotFooledAboutThePath(String path) {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + server.token().value() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404").contains("application/problem+json");
    }

    @Test
    void removesTheTokenFileWhenItStops(@TempDir Path home) {
        RunningServer other = RunningServer.start(home);
        Path file = other.token().file();
        assertThat(file).exists();

        other.close();

        assertThat(file).doesNotExist();
    }

    @Test
    void twoOfOneNameWithTheirOwnSocketsHaveTheirOwnTokens(@TempDir Path home) {
        try (RunningServer usual = RunningServer.start(home);
                RunningServer other = RunningServer.start(home, "sidecar.api.socket=" + home.resolve("b.sock"))) {
            assertThat(usual.token().file())
                    .hasFileName("orders.token")
                    .hasContent(usual.token().value());
            assertThat(other.token().file())
                    .hasParent(usual.token().file().getParent())
                    .hasContent(other.token().value());
            HttpResponse<String> refused = other.send(
                    HttpRequest.newBuilder(URI.create(other.listeners().apiUrl() + "/v1")));
            assertThat(RunningServer.json(refused).get("detail").asString())
                    .contains("'" + other.token().file() + "'");
        }
    }

    private static HttpRequest.Builder withoutToken(String path) {
        return HttpRequest.newBuilder(URI.create(server.listeners().apiUrl() + path));
    }

    private static HttpRequest.Builder opsWithoutToken(String path) {
        return HttpRequest.newBuilder(URI.create(server.listeners().opsUrl() + path));
    }

    private static String code(HttpResponse<String> response) {
        return RunningServer.json(response).get("code").asString();
    }
}
