package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LocalSidecar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of neighbours through the API; there is no port of the ambassador. */
class InvokeTest {

    @TempDir
    Path home;

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer neighbour;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        neighbour = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        neighbour.createContext("/", exchange -> {
            calls.incrementAndGet();
            long length = 0;
            try (InputStream in = exchange.getRequestBody()) {
                byte[] piece = new byte[8192];
                int read;
                while ((read = in.read(piece)) >= 0) {
                    length += read;
                }
            }
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders()
                    .add("X-Authorization", "" + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("Allow", "of-the-neighbour");
            if (path.equals("/large")) {
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 2000; i++) {
                    exchange.getResponseBody().write(new byte[16 * 1024]);
                }
            } else if (path.equals("/broken")) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write(new byte[10]);
                exchange.getResponseBody().flush();
                throw new IOException("enough");
            } else {
                byte[] seen = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + length)
                        .getBytes(StandardCharsets.UTF_8);
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(path.equals("/busy") ? 503 : 200, head ? -1 : seen.length);
                if (!head) {
                    exchange.getResponseBody().write(seen);
                }
            }
            exchange.close();
        });
        neighbour.start();
        server = RunningServer.start(
                home,
                "sidecar.api.max-body-size=64KB",
                "sidecar.ambassador.routes.stock.service=inventory",
                "sidecar.ambassador.routes.stock.retries.max=3",
                "sidecar.ambassador.routes.stock.retries.budget=100%");
        server.bean(LocalSidecar.class)
                .discovery()
                .register(new Registration(
                        "inventory",
                        "i1",
                        "127.0.0.1",
                        neighbour.getAddress().getPort(),
                        false,
                        Map.of(),
                        Duration.ofSeconds(30),
                        true));
    }

    @AfterEach
    void stop() {
        server.close();
        neighbour.stop(0);
    }

    @Test
    void everyMethodReachesTheNeighbourWithPathQueryAndContent() {
        for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"}) {
            HttpResponse<String> answer = server.send(server.api("/v1/invoke/inventory/items/a%20b?x=%2F&y")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, BodyPublishers.ofString("a=b&c")));
            assertThat(answer.body()).isEqualTo(method + " /items/a%20b?x=%2F&y 5");
            assertThat(answer.headers().allValues("Allow")).containsExactly("of-the-neighbour");
        }
        assertThat(server.send(server.api("/v1/invoke/inventory")).body()).isEqualTo("GET / 0");
        assertThat(server.send(server.api("/v1/invoke/inventory/h").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokenIsNotPassedOnAndAnotherOneIsFromTheSocket() {
        assertThat(server.send(server.api("/v1/invoke/inventory/")).headers().firstValue("X-Authorization"))
                .contains("null");
        String bySocket = server.rawBySocket("GET /v1/invoke/inventory/a HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer theirs\r\nConnection: close\r\n\r\n");
        assertThat(bySocket)
                .containsIgnoringCase("x-authorization: bearer theirs")
                .endsWith("GET /a 0");
        String ours = server.rawBySocket("GET /v1/invoke/inventory/a HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + server.token().value() + "\r\nConnection: close\r\n\r\n");
        assertThat(ours).containsIgnoringCase("x-authorization: null");
        assertThat(server.raw("GET /v1/invoke/inventory/a HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void unknownServiceIsAnsweredAtOnce() {
        HttpResponse<String> answer = server.send(server.api("/v1/invoke/nobody/x"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Sidecar-Reason")).contains("unknown-service");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("\"type\":\"urn:sidecar:problem:unknown-service\"");
        assertThat(server.send(server.api("/v1/invoke/two%20words/x")).statusCode())
                .isEqualTo(400);
        assertThat(server.send(server.api("/v1/invoke/inventory/a/%2e%2e/x")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void policyOfTheRouteToTheServiceHolds() {
        assertThat(server.send(server.api("/v1/invoke/inventory/busy")).statusCode())
                .isEqualTo(503);
        assertThat(calls.get()).isEqualTo(4);
        assertThat(RunningServer.json(server.send(server.api("/v1/resilience/stock")))
                        .path("calls")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void contentOfAnySizeIsStreamedBothWays() {
        assertThat(server.send(server.api("/v1/invoke/inventory/up")
                                .PUT(BodyPublishers.ofByteArray(new byte[20_000_000])))
                        .body())
                .isEqualTo("PUT /up 20000000");
        assertThat(server.send(server.api("/v1/invoke/inventory/up")
                                .PUT(BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(new byte[300_000]))))
                        .body())
                .isEqualTo("PUT /up 300000");
        assertThat(server.send(server.api("/v1/invoke/inventory/large")).body()).hasSize(2000 * 16 * 1024);
    }

    @Test
    void brokenAnswerIsSeenToBeBroken() {
        assertThatThrownBy(() -> server.send(server.api("/v1/invoke/inventory/broken")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
