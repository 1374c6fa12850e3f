package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LifecycleState;
import dev.sidecar.LocalSidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port in front of the application, in the real server. */
class OffloadTest {

    @TempDir
    Path home;

    private final CountDownLatch slow = new CountDownLatch(1);
    private HttpServer app;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", this::echo);
        app.setExecutor(Executors.newCachedThreadPool());
        app.start();
        server = RunningServer.start(
                home,
                "sidecar.offload.port=0",
                "sidecar.offload.app=http://127.0.0.1:" + app.getAddress().getPort(),
                "sidecar.offload.max-body-size=1KB",
                "sidecar.offload.max-header-size=2KB",
                "sidecar.offload.header-timeout=1s",
                "sidecar.offload.stall-timeout=1s",
                "sidecar.offload.trusted-proxies=::1,10.0.0.0/8");
    }

    private void echo(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/slow")) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        StringBuilder seen = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(
                        value -> seen.append(name).append(": ").append(value).append('\n')));
        seen.append('\n').append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] bytes = seen.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        slow.countDown();
        server.close();
        app.stop(0);
    }

    private void appIsReady() {
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
    }

    private String get(String path, String... fields) {
        return send("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n" + String.join("", fields)
                + "\r\n");
    }

    private String send(String request) {
        URI url = URI.create(server.bean(Offload.class).url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void saysWhenToComeAgainUntilTheApplicationIsReady() {
        assertThat(get("/orders"))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1\r\n", "Sidecar-Reason: app-not-ready\r\n", "\"code\":\"app-not-ready\"");

        appIsReady();

        assertThat(get("/orders")).startsWith("HTTP/1.1 200 ").contains("GET /orders\n");
    }

    @Test
    void followsReadinessBothWays() {
        appIsReady();
        server.bean(LocalSidecar.class).health().maintenance(true, "a new disk");
        await().untilAsserted(() -> assertThat(get("/")).startsWith("HTTP/1.1 503 "));

        server.bean(LocalSidecar.class).health().maintenance(false, null);
        await().untilAsserted(() -> assertThat(get("/")).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void anApplicationThatTakesNoConnectionsIsNotReady() {
        appIsReady();
        app.stop(0);

        assertThat(get("/")).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n", "app-not-ready");
    }

    @Test
    void tellsTheApplicationWhoAskedAndBelievesNobodyElse() {
        appIsReady();

        String seen = get(
                "/a?b=c",
                "X-Forwarded-For: 6.6.6.6\r\n",
                "X-Forwarded-Proto: https\r\n",
                "X-Forwarded-Host: evil.example\r\n",
                "X-Forwarded-Port: 666\r\n",
                "Forwarded: for=6.6.6.6\r\n");

        assertThat(seen)
                .contains("GET /a?b=c\n", "Host: shop.example\n")
                .contains("X-forwarded-for: 127.0.0.1\n", "X-forwarded-proto: http\n")
                .contains("X-forwarded-host: shop.example\n")
                .contains("Forwarded: for=127.0.0.1;proto=http;host=\"shop.example\"\n")
                .doesNotContain("6.6.6.6", "orwarded-port", "evil");
    }

    @Test
    void limitsNameTheirProperty() {
        appIsReady();

        assertThat(send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("sidecar.offload.max-body-size");
        assertThat(get("/", "X-Large: " + "x".repeat(3000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("sidecar.offload.max-header-size");
    }

    @Test
    void whoIsTooSlowToAskIsAnsweredSo() {
        appIsReady();

        assertThat(send("GET / HTTP/1.1\r\nHost:")).startsWith("HTTP/1.1 408 ");
        assertThat(send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx"))
                .startsWith("HTTP/1.1 408 ");
    }

    @Test
    void refusesAmbiguousPathsAndTunnels() {
        appIsReady();

        assertThat(get("/a/%2e%2e/b")).startsWith("HTTP/1.1 400 ");
        assertThat(send("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void finishesWhatRunsAndTakesNothingNewWhileItDrains() {
        appIsReady();
        CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> get("/slow"));
        await().until(() -> ((java.util.concurrent.ThreadPoolExecutor) app.getExecutor()).getActiveCount() > 0);

        server.bean(PairLifecycle.class).drain();

        await().untilAsserted(() -> assertThat(get("/"))
                .startsWith("HTTP/1.1 503 ")
                .contains("Sidecar-Reason: draining\r\n", "Retry-After: "));
        CompletableFuture<Void> ended = server.bean(PairLifecycle.class).endInbound();
        assertThat(ended).isNotDone();
        slow.countDown();
        assertThat(running).succeedsWithin(Duration.ofSeconds(5)).asString().startsWith("HTTP/1.1 200 ");
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void leavesARecordAndATimer() {
        appIsReady();
        get("/seen?secret=1");

        LocalSidecar sidecar = server.bean(LocalSidecar.class);
        await().untilAsserted(() -> assertThat(sidecar.logs().recent(LogQuery.LATEST))
                .filteredOn(record -> "dev.sidecar.offload".equals(record.scope()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.attributes())
                            .containsEntry("sidecar.route", "app")
                            .containsEntry("url.path", "/seen")
                            .containsEntry("client.address", "127.0.0.1");
                    assertThat(record.toString()).doesNotContain("secret");
                }));
        assertThat(server.send(server.ops("/actuator/prometheus")).body())
                .contains("sidecar_offload_requests_seconds_count{route=\"app\",status=\"2xx\"}")
                .contains("sidecar_offload_connections ");
    }

    @Test
    void isSaidToBeThere() {
        var info = RunningServer.json(server.send(server.api("/v1")));

        assertThat(info.at("/features/offload").asBoolean()).isTrue();
        assertThat(info.at("/links/offload").asString())
                .isEqualTo(server.bean(Offload.class).url());
    }
}
