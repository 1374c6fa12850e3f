package dev.sidecar.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.Sidecar;
import dev.sidecar.server.testing.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InfoControllerTest {

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "sidecar.app.instance=orders-1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysWhoItIsAndWhatItOffers() {
        HttpResponse<String> response = server.send(server.api("/v1"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode info = RunningServer.json(response);
        assertThat(info.get("name").asString()).isEqualTo("orders");
        assertThat(info.get("instance").asString()).isEqualTo("orders-1");
        assertThat(info.get("delivery").asString()).isEqualTo("sidecar");
        assertThat(info.at("/features/logging").asBoolean()).isTrue();
        assertThat(info.at("/features/health").asBoolean()).isTrue();
        assertThat(info.at("/features/offload").asBoolean()).isFalse();
        assertThat(info.get("links").get("openapi").asString()).isEqualTo("/v1/openapi.json");
    }

    @Test
    void answersTheSameByUnixSocketWithoutAToken() {
        String answer = server.rawBySocket("GET /v1 HTTP/1.1\r\nHost: sidecar\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"name\":\"orders\"");
    }

    @Test
    void servesTheActuatorOnTheOpsPort() {
        assertThat(server.send(server.ops("/actuator/health")).statusCode()).isEqualTo(200);
        assertThat(server.send(server.ops("/actuator/prometheus")).body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void showsTheSidecarsHealthOnTheOpsPort() {
        server.bean(Sidecar.class).health().maintenance(true, "disk is replaced");
        try {
            HttpResponse<String> response = server.send(server.ops("/actuator/health"));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("OUT_OF_SERVICE").doesNotContain("disk");
            assertThat(server.send(server.ops("/actuator/sidecar")).body()).contains("disk is replaced");
        } finally {
            server.bean(Sidecar.class).health().maintenance(false, null);
        }
    }
}
