package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and policies that change in the file of a running process. */
class RouteChangesIT {

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer old;
    private HttpServer next;
    private int port;
    private Path file;
    private SidecarProcess sidecar;

    @BeforeEach
    void start() throws IOException {
        old = upstream("old");
        next = upstream("next");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        file = directory.resolve("sidecar.yml");
        write("stock: {urls: [" + url(old) + "]}", "");
        sidecar = SidecarProcess.run(directory, "orders", List.of("sleep", "300"))
                .args("--config", file.toString())
                .start()
                .awaitReady();
    }

    @AfterEach
    void stop() {
        if (sidecar != null) {
            sidecar.close();
        }
        old.stop(0);
        next.stop(0);
    }

    private static HttpServer upstream(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "upstream-" + answer);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "'http://127.0.0.1:" + server.getAddress().getPort() + "'";
    }

    private void write(String routes, String more) throws IOException {
        Files.writeString(
                file,
                "sidecar:\n  ambassador:\n    port: " + port + "\n    routes: {" + routes + "}\n" + more,
                StandardCharsets.UTF_8);
    }

    private String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private String policy() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(sidecar.api().resolve("/v1/resilience/stock"))
                .header("Authorization", "Bearer " + sidecar.token())
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void followsItsFileWithoutAFailedRequest() throws Exception {
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> callers = List.of(caller(answers, over), caller(answers, over), caller(answers, over));

        write("stock: {urls: [" + url(next) + "], timeout: 7s}, more: {urls: [" + url(old) + "]}", "");
        await().atMost(Duration.ofSeconds(20)).until(() -> get("/more/a").equals("old"));
        int after = answers.getOrDefault("next", 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> answers.getOrDefault("next", 0) > after + 100);
        assertThat(policy()).contains("\"timeout\":\"7s\"");

        write("stock: {urls: [" + url(next) + "]}", "  resilience: {defaults: {timeout: 9s}}\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> policy().contains("\"timeout\":\"9s\""));
        assertThat(get("/more/a")).isEqualTo("404");
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(answers).containsOnlyKeys("old", "next");
    }

    private Thread caller(Map<String, Integer> answers, AtomicBoolean over) {
        Thread thread = new Thread(() -> {
            while (!over.get()) {
                answers.merge(get("/stock/a"), 1, Integer::sum);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void recordsOfRequestsWhatTheFileSaysNow() throws Exception {
        get("/stock/recorded");
        await().atMost(Duration.ofSeconds(20)).until(() -> recorded("/recorded") == 1);

        write("stock: {urls: [" + url(old) + "]}", "    access-log: {sample: 0%}\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            get("/stock/probe");
            int before = recorded("/probe");
            get("/stock/probe");
            get("/unknown");
            await().atMost(Duration.ofSeconds(20)).until(() -> recorded("/unknown") > 0);
            return recorded("/probe") == before;
        });
        assertThat(sidecar.stderr()).doesNotContain("access-log").contains("hold from now on");
    }

    private int recorded(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(sidecar.api().resolve("/v1/logs?limit=500&q=" + path))
                .header("Authorization", "Bearer " + sidecar.token())
                .build();
        return client.send(request, BodyHandlers.ofString()).body().split("\"body\"", -1).length - 1;
    }

    @Test
    void keepsWhatItHasWhenTheFileIsWrongOrEmpty() throws Exception {
        write("stock: {urls: [" + url(next) + "], timeout: soon}", "");
        await().atMost(Duration.ofSeconds(20)).until(() -> sidecar.stderr().contains("cannot be used"));
        assertThat(sidecar.stderr()).contains("timeout").contains("soon").contains("stay as they were");
        assertThat(get("/stock/a")).isEqualTo("old");

        write("stock: {urls: [" + url(next) + "], mirror: nobody}", "");
        await().atMost(Duration.ofSeconds(20)).until(() -> sidecar.stderr().contains("'nobody' is none of the routes"));
        assertThat(get("/stock/a")).isEqualTo("old");
        assertThat(policy()).contains("\"name\":\"stock\"");

        Files.writeString(file, "");
        write("stock: {urls: [" + url(next) + "]}", "  monitor: {interval: 11s}\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> get("/stock/a").equals("next"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sidecar.stderr().contains("sidecar.monitor.interval changes with the next start"));
    }
}
