package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real command on the real jar, as short as it can be. */
class CompareIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SHORT = "rounds: 2, warmup-ms: 40, paced-ms: 60, back-to-back-ms: 20, starts: 1";

    /** An application that knows nothing of Sidecar. */
    private static final String USERS_APP =
            """
            app:
              command: python3 -m http.server --bind 127.0.0.1 %d
              port: %d
              ready: /
              seconds: 1
              rounds: 1
              library: []
              sidecar: []
            """;

    @TempDir
    Path directory;

    @Test
    void measuresBreaksAndTellsWhatGotSlower() throws IOException {
        Path first = directory.resolve("first");
        assertThat(compare(
                        first,
                        "plan: {" + SHORT + ", experiment-seconds: 4, fault-seconds: 1}\n" + usersApp(),
                        "library=100"))
                .isZero();
        JsonNode report = SidecarJson.mapper().readTree(Files.readString(first.resolve("compare.json")));

        // The synthetic slow-down stands out of the library's own microsecond.
        assertThat(median(report, "lookup", "library")).isBetween(99.0, 200.0);
        assertThat(median(report, "lookup", "sidecar-unix")).isPositive();
        assertThat(memory(report, "sidecar-unix", "sidecar")).isGreaterThan(50 << 20);
        assertThat(report.path("operations")).allSatisfy(operation -> assertThat(operation.path("ways"))
                .allSatisfy(way -> assertThat(way.path("errors").asLong())
                        .as("%s: %s", operation.path("id"), way.path("lastError"))
                        .isZero()));

        assertThat(report.path("operations"))
                .extracting(operation -> operation.path("id").asString())
                .contains("log", "lookup", "health", "config-read", "config-write", "heartbeat", "call");
        assertThat(report.path("operations")).allSatisfy(operation -> assertThat(
                        operation.path("ways").properties())
                .allSatisfy(way -> assertThat(List.of("p50Us", "p90Us", "p99Us", "p999Us"))
                        .allSatisfy(name -> assertThat(
                                        way.getValue().path("paced").path(name).isNumber())
                                .isTrue())));
        assertThat(report.path("clients"))
                .extracting(client -> client.path("language").asString())
                .containsExactly("Node", "Python");
        assertThat(report.path("clients")).allSatisfy(client -> {
            assertThat(client.path("results"))
                    .hasSize(2 * MeasuredOperation.overHttp().size());
            assertThat(client.path("results"))
                    .allSatisfy(one -> assertThat(one.path("errors").asLong())
                            .as("%s", one)
                            .isZero());
        });
        assertThat(report.path("app").path("ways").properties()).hasSize(2).allSatisfy(way -> assertThat(
                        way.getValue().path("requests"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.path("p50Us").asDouble()).isPositive();
                    assertThat(request.path("failed").asLong()).isZero();
                }));

        JsonNode crash = experiment(report, "crash", "library");
        assertThat(crash.path("appDied").asBoolean()).isTrue();
        assertThat(crash.path("own").path("failed").asLong()).isPositive();
        assertThat(experiment(report, "crash", "sidecar").path("appDied").asBoolean())
                .isFalse();
        assertThat(experiment(report, "leak", "sidecar").path("sidecarDied").asBoolean())
                .isTrue();

        assertThat(report.path("upgrade"))
                .extracting(run ->
                        run.path("way").asString() + " " + run.path("appDied").asBoolean())
                .contains("library true", "sidecar false");

        String page = Files.readString(first.resolve("index.html"));
        assertThat(page).contains("uPlot").doesNotContain("/*{").doesNotContain("src=\"http");

        // With the labels swapped the library's column is the sidecar's, and that is slower.
        Path second = directory.resolve("second");
        assertThat(compare(
                        second,
                        "plan: {" + SHORT + ", experiment-seconds: 0}\n",
                        "library=0",
                        "--label",
                        "library=sidecar-tcp",
                        "--label",
                        "sidecar-tcp=library",
                        "--baseline",
                        withFastLookups(report).toString(),
                        "--fail-over",
                        "20%"))
                .isEqualTo(1);
        JsonNode swapped = SidecarJson.mapper().readTree(Files.readString(second.resolve("compare.json")));
        assertThat(median(swapped, "lookup", "library")).isGreaterThan(median(swapped, "lookup", "sidecar-tcp"));
    }

    /** A thousand times faster: what gets slower than that is slower on any machine. */
    private Path withFastLookups(JsonNode report) throws IOException {
        for (JsonNode operation : report.path("operations")) {
            if (operation.path("id").asString().equals("lookup")) {
                operation.path("ways").forEach(way -> {
                    ObjectNode paced = (ObjectNode) way.path("paced");
                    paced.put("p50Us", paced.path("p50Us").asDouble() / 1000);
                });
            }
        }
        return Files.writeString(directory.resolve("baseline.json"), report.toString());
    }

    /** With a request file beside the profile. */
    private String usersApp() throws IOException {
        Files.writeString(directory.resolve("requests.txt"), "GET /\n");
        int port = Beside.freePort();
        return USERS_APP.formatted(port, port);
    }

    private int compare(Path out, String text, String delay, String... more) throws IOException {
        Path profile = Files.writeString(directory.resolve("profile.yml"), text);
        SidecarProcess.Builder builder = SidecarProcess.verb("compare", Files.createDirectories(out))
                .args("--out", out.toString(), "--profile", profile.toString())
                .args("--app-jvm-options", "-XX:+UseSerialGC -Xmx64m -Xss512k -Dsidecar.compare.delay=" + delay)
                .args(more);
        try (SidecarProcess process = builder.launch()) {
            return process.awaitExit(PATIENCE);
        }
    }

    /** Back to back: a call of a machine that is busy with other tests is late more often than it is slow. */
    private static double median(JsonNode report, String operation, String way) {
        for (JsonNode one : report.path("operations")) {
            if (one.path("id").asString().equals(operation)) {
                return one.path("ways")
                        .path(way)
                        .path("backToBack")
                        .path("p50Us")
                        .asDouble();
            }
        }
        throw new AssertionError("no " + operation);
    }

    private static long memory(JsonNode report, String way, String process) {
        return report.path("memory")
                .path(way)
                .path(process)
                .path("load")
                .path("pssBytes")
                .asLong();
    }

    private static JsonNode experiment(JsonNode report, String fault, String way) {
        for (JsonNode one : report.path("blastRadius")) {
            if (one.path("fault").asString().equals(fault)
                    && one.path("way").asString().equals(way)) {
                return one;
            }
        }
        throw new AssertionError("no " + fault + " in " + way);
    }
}
