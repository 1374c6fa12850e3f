package dev.sidecar.server.logging.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One sidecar as another's collector, with applications that know nothing of either. */
class SecondSidecarIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path SAMPLES = Path.of("").toAbsolutePath().getParent().resolve("samples");
    private static final Path OTEL_JS = Path.of("src/test/resources/otel-js").toAbsolutePath();

    @TempDir
    Path directory;

    private final List<SidecarProcess> started = new ArrayList<>();
    private SidecarProcess collector;

    @BeforeEach
    void startTheCollector() {
        collector = track(SidecarProcess.run(directory, "collector", List.of("sleep", "600"))
                .set("sidecar.logging.console.enabled", "false")
                .start());
    }

    @AfterEach
    void end() {
        started.forEach(SidecarProcess::close);
    }

    @Test
    void openTelemetrysJavaScriptSdkDeliversThroughUsInBothEncodings() throws Exception {
        Path app = installed();

        SidecarProcess shop = track(shipping("shop", "sh", "-c", "node app.js proto && node app.js http")
                .workingDirectory(app)
                .launch());

        assertThat(shop.awaitExit(Duration.ofMinutes(2))).as(shop.stderr()).isZero();
        for (String encoding : List.of("proto", "http")) {
            List<JsonNode> records = await("100 records by " + encoding)
                    .atMost(SOON)
                    .until(() -> collected(encoding + " "), found -> found.size() == 100);
            for (int i = 0; i < 100; i++) {
                assertThat(records.get(i).path("body").asString()).isEqualTo(encoding + " " + i);
            }
            JsonNode last = records.get(99);
            assertThat(last.path("severity").asString()).isEqualTo("ERROR");
            assertThat(last.path("attributes").path("count").asInt()).isEqualTo(99);
            assertThat(last.path("attributes").path("nested").path("tags").size())
                    .isEqualTo(2);
            assertThat(last.path("attributes").path("password").asString()).isEqualTo("[REDACTED]");
            assertThat(last.path("resource").path("service.name").asString()).isEqualTo("shop");
        }
    }

    @Test
    void whatASamplePrintsReachesTheCollectorAsItsOwn() {
        int port = freePort();
        SidecarProcess orders = track(shipping(
                        "orders",
                        "node",
                        SAMPLES.resolve("node-orders/server.js").toString())
                .args("--app-port", String.valueOf(port))
                .start());
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> RawHttp.tcp(URI.create("http://127.0.0.1:" + port), "none")
                                .get("/health")
                                .status()
                        == 200);

        JsonNode open = await().atMost(SOON)
                .until(() -> collected("orders is open"), records -> !records.isEmpty())
                .get(0);
        assertThat(open.path("source").asString()).isEqualTo("stdout");
        assertThat(open.path("resource").path("service.name").asString()).isEqualTo("orders");
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode spool =
                    RawHttp.unix(orders.socket()).get("/v1").expect(200).json().path("spool");
            assertThat(spool.path("status").asString()).isEqualTo("OK");
            assertThat(spool.path("sizeBytes").asLong()).isZero();
            assertThat(spool.path("delivered").asLong()).isPositive();
        });
        assertThat(RawHttp.tcp(orders.ops(), orders.token())
                        .get("/actuator/prometheus")
                        .expect(200)
                        .body())
                .contains(
                        "sidecar_logging_delivered_records_total",
                        "sidecar_logging_spool_size_bytes",
                        "sidecar_logging_spool_age_seconds");
    }

    private SidecarProcess.Builder shipping(String name, String... command) {
        return SidecarProcess.run(directory, name, List.of(command))
                .set("sidecar.logging.otlp.endpoint", "unix:" + collector.socket());
    }

    /** The SDK in the versions of the package file. */
    private Path installed() throws Exception {
        Path app = Files.createDirectory(directory.resolve("otel-js"));
        for (String file : List.of("package.json", "app.js")) {
            Files.copy(OTEL_JS.resolve(file), app.resolve(file));
        }
        assumeThat(npm(app)).as("npm can install the SDK here").isTrue();
        return app;
    }

    private static boolean npm(Path directory) throws Exception {
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefer-offline")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("npm.log").toFile())
                    .start();
        } catch (IOException e) {
            return false;
        }
        boolean ended = npm.waitFor(2, TimeUnit.MINUTES);
        npm.destroyForcibly();
        return ended && npm.exitValue() == 0;
    }

    private List<JsonNode> collected(String text) {
        return RawHttp.unix(collector.socket())
                .get("/v1/logs?limit=1000&q=" + text.replace(" ", "%20"))
                .expect(200)
                .json()
                .path("records")
                .valueStream()
                .toList();
    }

    private SidecarProcess track(SidecarProcess process) {
        started.add(process);
        return process;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
