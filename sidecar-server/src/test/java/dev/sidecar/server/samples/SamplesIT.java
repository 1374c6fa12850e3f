package dev.sidecar.server.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The shop of the samples: orders in Node, inventory in Python, each with a sidecar, both on one host. */
class SamplesIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path SAMPLES = Path.of("").toAbsolutePath().getParent().resolve("samples");

    @TempDir
    Path directory;

    private final List<SidecarProcess> started = new ArrayList<>();
    private SidecarProcess orders;
    private SidecarProcess inventory;
    private RawHttp ordersApp;
    private RawHttp inventoryApp;

    @BeforeEach
    void startTheShop() {
        int ordersPort = freePort();
        int inventoryPort = freePort();
        orders = launch(
                "orders",
                ordersPort,
                "node",
                SAMPLES.resolve("node-orders/server.js").toString());
        inventory = launch(
                "inventory",
                inventoryPort,
                "python3",
                SAMPLES.resolve("python-inventory/server.py").toString());
        orders.awaitReady();
        inventory.awaitReady();
        ordersApp = app(ordersPort);
        inventoryApp = app(inventoryPort);
        await("both found by both").atMost(SOON).untilAsserted(() -> {
            assertThat(healthy(orders, "inventory")).isEqualTo(1);
            assertThat(healthy(inventory, "orders")).isEqualTo(1);
        });
    }

    @AfterEach
    void endTheShop() {
        started.forEach(SidecarProcess::close);
    }

    @Test
    void anOrderGoesThroughBothApplicationsAndTheirLogs() {
        JsonNode order = ordersApp
                .post("/orders", "application/json", "{\"sku\":\"tea\",\"quantity\":2}")
                .expect(201)
                .json();

        assertThat(order.path("left").asInt()).isEqualTo(98);
        assertThat(inventoryApp
                        .get("/stock/tea")
                        .expect(200)
                        .json()
                        .path("left")
                        .asInt())
                .isEqualTo(98);
        assertThat(inventoryApp
                        .get("/demand")
                        .expect(200)
                        .json()
                        .path("demand")
                        .path("tea")
                        .asInt())
                .isEqualTo(2);

        JsonNode taken = awaitLog(orders, "order taken");
        assertThat(taken.path("severity").asString()).isEqualTo("INFO");
        assertThat(taken.path("source").asString()).isEqualTo("stdout");
        assertThat(taken.path("attributes").path("sku").asString()).isEqualTo("tea");
        assertThat(taken.path("resource").path("service.name").asString()).isEqualTo("orders");
        JsonNode reserved = awaitLog(inventory, "reserved 2 of tea, 98 left");
        assertThat(reserved.path("severity").asString()).isEqualTo("INFO");
        assertThat(reserved.path("resource").path("service.name").asString()).isEqualTo("inventory");
    }

    @Test
    void aTracebackOfPythonIsOneRecord() {
        inventoryApp.get("/audit").expect(500);

        JsonNode failure = awaitLog(inventory, "GET /audit failed");

        assertThat(failure.path("severity").asString()).isEqualTo("ERROR");
        JsonNode attributes = failure.path("attributes");
        assertThat(attributes.path("exception.type").asString()).isEqualTo("ValueError");
        assertThat(attributes.path("exception.message").asString()).isEqualTo("the books of 3 articles do not balance");
        assertThat(attributes.path("exception.stacktrace").asString())
                .contains("Traceback (most recent call last):", "in audit");
        assertThat(records(inventory, "Traceback")).hasSize(1);
    }

    @Test
    void anApplicationThatIsKilledLeavesAndNothingOfItRunsOn() {
        List<ProcessHandle> family = inventory.process().descendants().toList();
        ProcessHandle app = family.stream()
                .filter(process -> process.info().command().orElse("").contains("python"))
                .findFirst()
                .orElseThrow();

        app.destroyForcibly();

        assertThat(inventory.awaitExit(Duration.ofSeconds(15))).isEqualTo(128 + 9);
        await("inventory is gone").atMost(Duration.ofSeconds(5)).until(() -> healthy(orders, "inventory") == 0);
        ordersApp
                .post("/orders", "application/json", "{\"sku\":\"tea\",\"quantity\":2}")
                .expect(503);
        assertThat(family).noneMatch(SamplesIT::runs);
    }

    @Test
    void nothingRunsAfterTheEnd() {
        List<ProcessHandle> family = Stream.of(orders, inventory)
                .flatMap(sidecar -> Stream.concat(
                        Stream.of(sidecar.process().toHandle()),
                        sidecar.process().descendants()))
                .toList();
        assertThat(family).hasSizeGreaterThanOrEqualTo(4);

        inventory.terminate();
        inventory.awaitExit(Duration.ofSeconds(15));
        await("inventory has left").atMost(Duration.ofSeconds(2)).until(() -> healthy(orders, "inventory") == 0);
        orders.terminate();
        orders.awaitExit(Duration.ofSeconds(15));

        assertThat(family).noneMatch(SamplesIT::runs);
        assertThat(orders.stdout()).contains("closing: running requests are finished first");
    }

    @Test
    void aJobInShellLooksUpLogsReportsAndEnds() {
        SidecarProcess job = track(SidecarProcess.run(
                        directory,
                        "nightly",
                        List.of(SAMPLES.resolve("shell-cron/run.sh").toString()))
                .set("sidecar.logging.console.format", "ecs")
                .launch());

        assertThat(job.awaitExit(Duration.ofSeconds(60))).as(job.stderr()).isZero();

        assertThat(job.stdout())
                .contains("nightly: 1 inventories counted")
                .contains("nightly count begins")
                .contains("nightly count ends");
    }

    private SidecarProcess launch(String name, int port, String... command) {
        return track(SidecarProcess.run(directory, name, List.of(command))
                .args("--app-port", String.valueOf(port))
                .set("sidecar.health.checks.app.type", "http")
                .set("sidecar.health.checks.app.url", "http://127.0.0.1:" + port + "/health")
                .set("sidecar.health.checks.app.interval", "200ms")
                .launch());
    }

    private SidecarProcess track(SidecarProcess process) {
        started.add(process);
        return process;
    }

    private static long healthy(SidecarProcess sidecar, String service) {
        return api(sidecar)
                .get("/v1/services/" + service + "?healthy=true")
                .expect(200)
                .json()
                .path("instances")
                .size();
    }

    private static JsonNode awaitLog(SidecarProcess sidecar, String text) {
        return await("a record with '" + text + "'")
                .atMost(SOON)
                .until(() -> records(sidecar, text), records -> !records.isEmpty())
                .get(0);
    }

    @Test
    void theInventoryReadsAndWatchesItsConfiguration() {
        assertThat(inventoryApp
                        .get("/config")
                        .expect(200)
                        .json()
                        .path("inventory.low-stock")
                        .asInt())
                .isEqualTo(5);
        api(orders).put("/v1/config/inventory.low-stock", "10");
        await().atMost(SOON).untilAsserted(() -> assertThat(inventoryApp
                        .get("/config")
                        .expect(200)
                        .json()
                        .path("inventory.low-stock")
                        .asInt())
                .isEqualTo(10));
    }

    private static List<JsonNode> records(SidecarProcess sidecar, String text) {
        Answer answer = api(sidecar).get("/v1/logs?q=" + text.replace(" ", "%20"));
        return answer.expect(200).json().path("records").valueStream().toList();
    }

    private static RawHttp api(SidecarProcess sidecar) {
        return RawHttp.unix(sidecar.socket());
    }

    private static RawHttp app(int port) {
        return RawHttp.tcp(URI.create("http://127.0.0.1:" + port), "none");
    }

    /** A zombie whose parent does not reap it is dead all the same. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
