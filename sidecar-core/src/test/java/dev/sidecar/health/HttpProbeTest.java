package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    void theHostCanBeSaid() {
        AtomicReference<String> seen = new AtomicReference<>();
        serve(exchange -> {
            seen.set(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, -1);
        });
        define(check("/").headers(Map.of("host", "orders.example")));

        test.awaitStatus("app", UP);
        assertThat(seen).hasValue("orders.example");
    }

    @Test
    void readsABodyInChunks() {
        serve(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            for (String part : new String[] {"disk ", "is ", "full"}) {
                exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        });
        define(check("/"));

        assertThat(test.awaitStatus("app", DOWN).output()).endsWith("\ndisk is full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\r\\n\\r\\nall well                              | UP   | answered 200",
                "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 204 N\\r\\n\\r\\n      | UP   | answered 204",
                "HTTP/1.0 200\\nContent-Length: 2\\n\\nok                         | UP   | answered 200",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nok             | DOWN | 2 of 9 bytes",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | DOWN | chunk",
                "HTTP/1.1 200 OK\\r\\nX: y                                     | DOWN | closed",
                "SSH-2.0-OpenSSH\\r\\n                                        | DOWN | not HTTP",
                "HTTP/1.1 2x0 OK\\r\\n\\r\\n                                   | DOWN | not HTTP",
            })
    void readsWhatServersSend(String bytes, HealthStatus verdict, String output) throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            serving.execute(() -> answerRaw(raw, bytes.replace("\\r", "\r").replace("\\n", "\n")));
            define(CheckDefinition.http("app", "http://127.0.0.1:" + raw.getLocalPort() + "/"));

            assertThat(test.awaitStatus("app", verdict).output()).contains(output);
        }
    }

    @Test
    void anEndlessHeadIsAFailure() throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            serving.execute(() -> answerRaw(raw, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000)));
            define(CheckDefinition.http("app", "http://127.0.0.1:" + raw.getLocalPort() + "/"));

            assertThat(test.awaitStatus("app", DOWN).output()).contains("longer than 65536");
        }
    }

    @Test
    void aCertificateNobodyTrustsIsAFailure() throws Exception {
        Path keys = home.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=orders",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        https.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        https.start();
        SSLContext before = SSLContext.getDefault();
        try {
            define(CheckDefinition.http(
                            "app", "https://127.0.0.1:" + https.getAddress().getPort() + "/")
                    .timeout(Duration.ofSeconds(5)));
            assertThat(test.awaitStatus("app", DOWN).output()).contains("PKIX");

            SSLContext.setDefault(context);
            test.awaitStatus("app", UP);

            define(CheckDefinition.http(
                            "app", "https://localhost:" + https.getAddress().getPort() + "/")
                    .timeout(Duration.ofSeconds(5)));
            assertThat(test.awaitStatus("app", DOWN).output()).contains("localhost");
        } finally {
            SSLContext.setDefault(before);
            https.stop(0);
        }
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

    private static void answerRaw(ServerSocket server, String bytes) {
        try {
            while (true) {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().read(new byte[4096]);
                    connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
                    connection.shutdownOutput();
                    connection.getInputStream().readAllBytes();
                } catch (SocketException e) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
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
