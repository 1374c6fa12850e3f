package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole way with a real HAProxy that the sidecar itself keeps running. */
class HaproxyIT {

    private static final String BUILTIN = "{% include \"haproxy.peb\" %}\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Backends.freePort();

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private Path template;
    private RunningServer server;
    private Backends orders;

    @BeforeEach
    void start() throws IOException {
        Path config = directory.resolve("haproxy.cfg");
        template = directory.resolve("lb.peb");
        Files.writeString(template, BUILTIN);
        String prefix = "sidecar.edge.lb.";
        server = RunningServer.start(
                home,
                prefix + "driver=haproxy",
                prefix + "services=orders",
                prefix + "destination=" + config,
                prefix + "template=" + template,
                prefix + "listen=127.0.0.1:" + port,
                prefix + "guards.max-shrink=100%",
                prefix + "timeout=5s",
                prefix + "start=haproxy,-W,-S," + directory.resolve("master.sock") + ",-f," + config);
        orders = new Backends(server.bean(Sidecar.class), "orders");
    }

    @AfterEach
    void stop() {
        orders.close();
        server.close();
    }

    @Test
    void instancesComeAndGoWithoutAReloadAndWithoutAFailedRequest() throws Exception {
        orders.add("a");
        orders.add("b");
        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("confirmed"));
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger sent = new AtomicInteger();
        List<String> failed = new ArrayList<>();
        Thread load = new Thread(() -> {
            while (running.get()) {
                HttpResponse<String> answer = get();
                sent.incrementAndGet();
                if (answer.statusCode() != 200) {
                    failed.add(answer.statusCode() + " " + answer.body());
                }
            }
        });
        load.start();

        for (int round = 0; round < Integer.getInteger("sidecar.test.edge.changes", 10); round++) {
            String name = "n" + round % 4;
            orders.add(name);
            await(name).atMost(Duration.ofSeconds(5)).until(() -> answers(8).contains(name));
            orders.withdraw(name);
            await(name).atMost(Duration.ofSeconds(5)).until(() -> !answers(8).contains(name));
        }

        running.set(false);
        load.join();
        assertThat(sent.get()).isGreaterThan(100);
        assertThat(failed).isEmpty();
        List<String> ways = new ArrayList<>();
        proxy().path("history").forEach(event -> ways.add(event.path("how").asString()));
        assertThat(ways.subList(0, ways.size() - 1)).isNotEmpty().containsOnly("runtime");
    }

    @Test
    void aBackendThatIsKilledCostsNothingAndAnOperatorCanGoBack() {
        orders.add("a");
        orders.add("b");
        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("confirmed"));
        assertThat(answers(6)).containsExactly("a", "b");

        orders.kill("a");

        for (int i = 0; i < 20; i++) {
            assertThat(get().body()).isEqualTo("b");
        }
        orders.withdraw("a");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> proxy().at("/services/0/servers").asInt() == 1);
        HttpResponse<String> back =
                server.send(server.api("/v1/edge/lb/rollback").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(state()).isEqualTo("pinned");
        assertThat(get().body()).isEqualTo("b");
    }

    @Test
    void aReloadThatHaproxyRefusesIsRolledBackAtOnce() throws Exception {
        orders.add("a");
        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("confirmed"));
        String before = Files.readString(directory.resolve("haproxy.cfg"));

        // A range of ports, which only HAProxy itself tries.
        String taken = server.listeners().apiUrl().replaceAll(".*:", "");
        Files.writeString(template, BUILTIN + "frontend taken\n    bind 127.0.0.1:" + taken + "-" + taken + "\n");

        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("rolled-back"));
        assertThat(proxy().path("reason").asString()).isEqualTo("HAProxy refused to reload");
        assertThat(Files.readString(directory.resolve("haproxy.cfg"))).isEqualTo(before);
        assertThat(get().body()).isEqualTo("a");
        Files.writeString(template, BUILTIN);
        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("confirmed"));
    }

    @Test
    void aPortOfAnotherProgramIsFoundBeforeHaproxyStumblesOverIt() throws Exception {
        orders.add("a");
        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("confirmed"));

        Files.writeString(
                template,
                BUILTIN + "frontend taken\n    bind "
                        + server.listeners().apiUrl().replaceAll(".*:", "127.0.0.1:") + "\n");

        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("rejected"));
        assertThat(proxy().path("message").asString()).contains("another program listens there");
        assertThat(get().body()).isEqualTo("a");
    }

    private String state() {
        return proxy().path("state").asString();
    }

    private JsonNode proxy() {
        return RunningServer.json(server.send(server.api("/v1/edge/lb")));
    }

    private Set<String> answers(int requests) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            names.add(get().body());
        }
        return names;
    }

    private HttpResponse<String> get() {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
