package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProbeTest {

    @TempDir
    Path home;

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private TestHealth test;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        test = new TestHealth(home);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        test.close();
        server.stop(0);
        serving.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "200, , UP",
        "204, , UP",
        "302, , UP",
        "404, , DOWN",
        "500, , DOWN",
        "503, 503, UP",
        "200, 204, DOWN",
    })
    void judgesTheStatus(int status, Integer expected, HealthStatus verdict) {
        serve(exchange -> exchange.sendResponseHeaders(status, -1));
        CheckBuilder check = check("/");
        define(expected == null ? check : check.expectedStatus(expected));

        assertThat(test.awaitStatus("app", verdict).output()).contains("answered " + status);
    }

    @Test
    void doesNotFollowARedirect() {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(301, -1);
        });
        define(check("/"));

        test.awaitStatus("app", UP);
    }

    @Test
    void showsWhatTheApplicationSaysOfItsFailure() {
        serve(exchange -> answer(exchange, 503, "{\"db\":\"gone\"}"));
        define(check("/"));

        assertThat(test.awaitStatus("app", DOWN).output()).contains("503").contains("{\"db\":\"gone\"}");
    }

    @Test
    void sendsHeadersAndUserInfoAndShowsNeither() {
        AtomicReference<Map<String, java.util.List<String>>> seen = new AtomicReference<>();
        serve(exchange -> {
            seen.set(Map.copyOf(exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(500, -1);
        });
        int port = server.getAddress().getPort();
        define(CheckDefinition.http("app", "http://joe:s3cret@127.0.0.1:" + port + "/health?key=s3cret")
                .headers(Map.of("X-Key", "s3cret")));

        CheckState state = test.awaitStatus("app", DOWN);

        assertThat(seen.get()).containsEntry("X-key", java.util.List.of("s3cret"));
        assertThat(seen.get().get("Authorization").get(0)).startsWith("Basic ");
        assertThat(state.output()).contains("/health").doesNotContain("s3cret").doesNotContain("joe");
    }

    @Test
    void aBodyThatNeverEndsPassesByItsHead() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[64 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    body.write(part);
                }
            }
        });
        define(check("/").timeout(Duration.ofSeconds(5)));

        assertThat(test.awaitStatus("app", UP).durationMs()).isLessThan(4000);
    }

    @Test
    void aServerThatNeverAnswersIsATimeout() {
        serve(exchange -> awaitEnd());
        define(check("/").timeout(Duration.ofMillis(100)));

        CheckState state = test.awaitStatus("app", DOWN);

        assertThat(state.output()).contains("no answer within 100ms");
        assertThat(state.durationMs()).isBetween(100L, 1000L);
    }

    @Test
    void aBodyThatDripsIsATimeout() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!end.await(20, TimeUnit.MILLISECONDS)) {
                    body.write('.');
                    body.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        define(check("/").timeout(Duration.ofMillis(200)));

        assertThat(test.awaitStatus("app", DOWN).output()).contains("no answer within 200ms");
    }

    @Test
    void nothingListeningIsAFailure() {
        int port = server.getAddress().getPort();
        server.stop(0);
        define(CheckDefinition.http("app", "http://127.0.0.1:" + port + "/health"));

        assertThat(test.awaitStatus("app", DOWN).output()).contains("http://127.0.0.1:" + port + "/health");
    }

    @Test
    void seesAnApplicationComeBack() {
        AtomicReference<Integer> status = new AtomicReference<>(500);
        serve(exchange -> exchange.sendResponseHeaders(status.get(), -1));
        define(check("/"));
        test.awaitStatus("app", DOWN);

        status.set(200);
        test.awaitStatus("app", UP);
        status.set(500);
        test.awaitStatus("app", DOWN);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void serve(Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CheckBuilder check(String path) {
        return CheckDefinition.http(
                "app", "http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void define(CheckBuilder check) {
        test.define(check.fall(1).interval(Duration.ofMillis(20)));
    }
}
