package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.server.testing.RunningServer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Any program's file from all that can go into it, with the driver 'command'. */
class InputsIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private RunningServer server;

    @Test
    void aFileIsMadeOfServicesConfigEnvironmentAndFilesAndTheProgramIsTold() throws Exception {
        Path motd = Files.writeString(directory.resolve("motd"), "hello");
        Path template = Files.writeString(
                directory.resolve("app.peb"),
                """
                path={{ env.PATH | quote }}
                motd={{ files.motd | quote }}
                limit={{ config["app.limit"] }}
                {% for s in servers.orders %}
                server={{ s.instance }} zone={{ s.metadata.zone | default("none") }}
                {% endfor %}
                """);
        Path target = directory.resolve("app.conf");
        Path told = directory.resolve("told");
        String prefix = "sidecar.edge.app.";
        server = RunningServer.start(
                home,
                prefix + "driver=command",
                prefix + "services=orders",
                prefix + "config=app",
                prefix + "environment=PATH",
                prefix + "files.motd=" + motd,
                prefix + "destination=" + target,
                prefix + "template=" + template,
                prefix + "check=grep,-q,^limit=,{file}",
                prefix + "reload=cp,{file}," + told,
                prefix + "interval=100ms");
        try (RunningServer running = server;
                Backends orders = new Backends(running.bean(Sidecar.class), "orders")) {
            orders.register("a", "127.0.0.1", 8001, Map.of("zone", "eu-1"));

            // Strict: a key nobody has put is an error that says where.
            await().atMost(SOON).until(() -> state().equals("rejected"));
            assertThat(proxy().path("reason").asString())
                    .contains("app.peb line 3 column ", "app.limit", "not defined");
            assertThat(target).doesNotExist();

            put("app.limit", "\"10\"");
            await().atMost(SOON).until(() -> state().equals("confirmed"));
            assertThat(Files.readString(target))
                    .contains("motd=\"hello\"", "limit=10", "server=a zone=eu-1", "path=\"/");
            assertThat(told).hasSameTextualContentAs(target);

            put("app.limit", "\"20\"");
            await().atMost(SOON).until(() -> Files.readString(told).contains("limit=20"));
            Files.writeString(motd, "good bye");
            await().atMost(SOON).until(() -> Files.readString(told).contains("motd=\"good bye\""));

            Map<String, Long> ages = new HashMap<>();
            proxy().path("inputs")
                    .forEach(input -> ages.put(
                            input.path("kind").asString(), input.path("ageMs").asLong(-1)));
            assertThat(ages).containsOnlyKeys("discovery", "config", "environment", "file");
            assertThat(ages.values()).allMatch(age -> age >= 0 && age < 60_000);

            // A file that cannot be read any more keeps its last content, and says so.
            Files.delete(motd);
            put("app.limit", "\"30\"");
            await().atMost(SOON).until(() -> Files.readString(told).contains("limit=30"));
            assertThat(Files.readString(told)).contains("good bye");
            assertThat(proxy().path("inputs").toString()).contains("cannot be read");
        }
    }

    private void put(String key, String value) {
        assertThat(server.send(server.api("/v1/config/" + key)
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(value)))
                        .statusCode())
                .isLessThan(300);
    }

    private String state() {
        return proxy().path("state").asString();
    }

    private JsonNode proxy() {
        return RunningServer.json(server.send(server.api("/v1/edge/app")));
    }
}
