package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.server.edge.apply.Apply;
import dev.sidecar.server.edge.apply.Candidate;
import dev.sidecar.server.edge.apply.LastGood;
import dev.sidecar.server.edge.apply.Outcome;
import dev.sidecar.server.edge.apply.Step;
import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Program;
import dev.sidecar.server.edge.driver.haproxy.HaproxyDriver;
import dev.sidecar.server.edge.driver.nginx.NginxDriver;
import dev.sidecar.server.edge.file.Target;
import dev.sidecar.server.testing.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link KilledApplyIT}, with a real proxy that has to serve at every moment. */
class KilledProxyApplyIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final List<AutoCloseable> running = new ArrayList<>();
    private final int port = Backends.freePort();

    /** The process that is killed: kind of proxy, directory, step and the new content's file. */
    public static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws IOException {
            apply(arguments[0], Path.of(arguments[1]), Victims.endingAt(arguments[2]))
                    .run(Candidate.of(Files.readString(Path.of(arguments[3])), Map.of()), false);
        }
    }

    private static Apply apply(String kind, Path directory, Consumer<Step> steps) {
        Program program = new Program(directory.resolve("state/output"), TIMEOUT);
        Path file = file(kind, directory);
        Driver driver = kind.equals("nginx")
                ? new NginxDriver(
                        new NginxDriver.Settings(
                                file,
                                List.of(
                                        "nginx",
                                        "-t",
                                        "-c",
                                        directory.resolve("nginx.conf").toString()),
                                List.of(),
                                List.of(),
                                null,
                                null,
                                TIMEOUT,
                                TIMEOUT),
                        program)
                : new HaproxyDriver(
                        new HaproxyDriver.Settings(
                                file,
                                List.of(),
                                List.of(),
                                directory.resolve("master.sock"),
                                directory.resolve("runtime.sock"),
                                null,
                                false,
                                TIMEOUT),
                        program);
        return new Apply(new Target(file), driver, new LastGood(directory.resolve("state")), steps);
    }

    private static Path file(String kind, Path directory) {
        return directory.resolve(kind.equals("nginx") ? "conf.d/web.conf" : "haproxy.cfg");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void nginxServesAllTheWay(Step step) throws Exception {
        RealNginx nginx = new RealNginx(directory);
        running.add(nginx);
        nginx.start();
        killedAt(
                step,
                "nginx",
                "server { listen 127.0.0.1:" + port + "; location / { return 200 old; } }\n",
                "server { listen 127.0.0.1:" + port + "; location / { return 200 new; } }\n");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void haproxyServesAllTheWay(Step step) throws Exception {
        String before = haproxy(backend("old"));
        Files.writeString(file("haproxy", directory), before);
        Process haproxy = new ProcessBuilder(
                        "haproxy",
                        "-W",
                        "-S",
                        directory.resolve("master.sock").toString(),
                        "-f",
                        file("haproxy", directory).toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile())
                .start();
        running.add(() -> ProcessTree.kill(haproxy));
        await().atMost(TIMEOUT).until(() -> answer().equals("old"));
        killedAt(step, "haproxy", before, haproxy(backend("new")));
    }

    private void killedAt(Step step, String kind, String before, String after) throws Exception {
        Files.createDirectories(directory.resolve("state"));
        assertThat(apply(kind, directory, s -> {}).run(Candidate.of(before, Map.of()), true))
                .isInstanceOf(Outcome.Confirmed.class);
        assertThat(answer()).isEqualTo("old");

        Path content = Files.writeString(directory.resolve("new"), after);
        Victims.run(directory, Victim.class, kind, directory.toString(), step.name(), content.toString());

        assertThat(answer()).as("serves though its manager was killed").isIn("old", "new");
        Apply next = apply(kind, directory, s -> {});
        boolean uncertain = next.recover();
        String expected = step.compareTo(Step.KEPT) >= 0 ? after : before;
        assertThat(file(kind, directory)).hasContent(expected);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".staging-") || name.equals("journal.json"));
        }
        assertThat(answer()).isIn("old", "new");
        assertThat(next.run(Candidate.of(after, Map.of()), uncertain)).isInstanceOf(Outcome.Confirmed.class);
        await().atMost(TIMEOUT).until(() -> answer().equals("new"));
    }

    private String haproxy(int backend) {
        return """
                global
                    stats socket %1$s/runtime.sock level admin expose-fd listeners
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                frontend web
                    bind 127.0.0.1:%2$d
                    default_backend orders
                backend orders
                    server s%3$d 127.0.0.1:%3$d
                """
                .formatted(directory, port, backend);
    }

    private int backend(String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        running.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private String answer() {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .timeout(TIMEOUT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
        } catch (IOException e) {
            return String.valueOf(e);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
