package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two sidecars on one host, each with an application that knows nothing of registries. */
class RegistrationIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final WebApp orders = WebApp.onFreePort();
    private final WebApp stock = WebApp.onFreePort();
    private SidecarProcess ordersSidecar;
    private SidecarProcess stockSidecar;

    @BeforeEach
    void startBoth() {
        ordersSidecar = launch("orders", orders);
        stockSidecar = launch("stock", stock);
        ordersSidecar.awaitReady();
        stockSidecar.awaitReady();
    }

    @AfterEach
    void endBoth() {
        ordersSidecar.close();
        stockSidecar.close();
    }

    /** The application opens its port only when the file {@code open-<name>} is there. */
    private SidecarProcess launch(String name, WebApp app) {
        return SidecarProcess.run(directory, name, app.commandAfter(directory.resolve("open-" + name)))
                .args("--app-port", Integer.toString(app.port()))
                .launch();
    }

    private void open(String name) throws IOException {
        Files.createFile(directory.resolve("open-" + name));
    }

    private void openBoth() throws IOException {
        open("orders");
        open("stock");
        await().atMost(SOON).until(() -> seenBy(ordersSidecar, "stock") == 1 && seenBy(stockSidecar, "orders") == 1);
    }

    @Test
    void anApplicationIsRegisteredWithItsOwnAddressAfterItsFirstPassingCheck() throws IOException {
        JsonNode check =
                api(ordersSidecar).get("/v1/health/checks/app").expect(200).json();
        assertThat(check.path("type").asString()).isEqualTo("tcp");
        assertThat(check.path("status").asString()).isNotEqualTo("UP");
        assertThat(seenBy(ordersSidecar, "orders"))
                .as("before its port is open")
                .isZero();

        open("orders");
        await().atMost(SOON).until(() -> seenBy(ordersSidecar, "orders") == 1);
        await().atMost(Duration.ofSeconds(1)).until(() -> seenBy(stockSidecar, "orders") == 1);
        open("stock");
        await().atMost(SOON).until(() -> seenBy(stockSidecar, "stock") == 1);
        await().atMost(Duration.ofSeconds(1)).until(() -> seenBy(ordersSidecar, "stock") == 1);

        JsonNode instance = instances(stockSidecar, "orders").get(0);
        assertThat(instance.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(instance.path("port").asInt()).isEqualTo(orders.port());
    }

    @Test
    void anApplicationThatIsKilledIsGoneForOthersAtOnce() throws IOException {
        openBoth();

        WebApp.of(ordersSidecar).destroyForcibly();

        await().atMost(Duration.ofSeconds(1)).until(() -> seenBy(stockSidecar, "orders") == 0);
        assertThat(ordersSidecar.awaitExit(SOON)).isEqualTo(137);
    }

    @Test
    void aSidecarThatIsKilledIsGoneForOthersAndTheNextOneStartsAfresh() throws IOException {
        openBoth();
        ProcessHandle app = WebApp.of(ordersSidecar);

        ordersSidecar.kill();

        await().atMost(Duration.ofSeconds(2)).until(() -> seenBy(stockSidecar, "orders") == 0);
        await().atMost(Duration.ofSeconds(2)).until(() -> files("run").stream().noneMatch(RegistrationIT::isOfOrders));
        assertThat(app.info().command()).as("the application").isEmpty();

        ordersSidecar = launch("orders", orders).awaitReady();

        await().atMost(SOON).until(() -> seenBy(stockSidecar, "orders") == 1);
        assertThat(instances(stockSidecar, "orders")).hasSize(1);
        assertThat(files("registry").stream().filter(RegistrationIT::isOfOrders))
                .hasSize(1);
        assertThat(files("run").stream()
                        .filter(RegistrationIT::isOfOrders)
                        .map(file -> file.replaceFirst("^orders-[0-9a-f]+", "orders")))
                .as("of the one that runs")
                .containsExactlyInAnyOrder("orders.sock", "orders.token", "orders.notify");
    }

    private static boolean isOfOrders(String file) {
        return file.contains("orders");
    }

    private List<String> files(String below) throws IOException {
        try (Stream<Path> files = Files.list(ordersSidecar.home().resolve(below))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static int seenBy(SidecarProcess sidecar, String service) {
        return instances(sidecar, service).size();
    }

    private static JsonNode instances(SidecarProcess sidecar, String service) {
        return api(sidecar)
                .get("/v1/services/" + service + "?healthy=true")
                .expect(200)
                .json()
                .path("instances");
    }

    private static RawHttp api(SidecarProcess sidecar) {
        return RawHttp.unix(sidecar.socket());
    }
}
