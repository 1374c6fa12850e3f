package dev.sidecar.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.runtime.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** The same application with a real sidecar beside it: one property is the difference. */
class SidecarDeliveryIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final List<Process> started = new ArrayList<>();
    private Path socket;

    @BeforeEach
    void setUp() {
        socket = home.resolve("s.sock");
    }

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void runsUnderItsSidecar() throws Exception {
        int port = freePort();
        Process pair = sidecar(
                "--app-port",
                "" + port,
                "--",
                java(),
                "-jar",
                jar().toString(),
                "--sidecar.delivery=sidecar",
                "--server.port=" + port);
        Path out = home.resolve("sidecar-0.out");

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            HttpResponse<String> answer = Shop.get(port, "/actuator/sidecar");
            assertThat(answer.body()).contains("\"delivery\":\"sidecar\"", "\"services\":[\"orders\"]");
        });
        assertThat(Shop.get(port, "/actuator/sidecar/discovery").body()).containsOnlyOnce("\"port\":" + port);
        assertThat(Shop.get(port, "/actuator/health").body()).contains("\"status\":\"UP\"");
        assertThat(Shop.order(port, "tea").statusCode()).isEqualTo(503);
        await().untilAsserted(() -> assertThat(Files.readString(out)).contains("\"sku\":\"tea\""));

        pair.destroy();
        assertThat(pair.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsServingWhileItsSidecarIsGoneAndRecoversByItself() throws Exception {
        Process first = sidecar("--", "sleep", "600");
        await().atMost(LONG).until(() -> Files.exists(socket));
        try (Shop shop = Shop.open(home, "--sidecar.delivery=sidecar", "--sidecar.endpoint=unix:" + socket)) {
            registerInventory(shop);
            await().untilAsserted(
                            () -> assertThat(shop.order("tea").statusCode()).isEqualTo(201));
            assertThat(status(shop)).isEqualTo("UP");

            first.destroyForcibly().waitFor();
            await().untilAsserted(() -> assertThat(status(shop)).isEqualTo("DEGRADED"));
            assertThat(shop.get("/actuator/health").statusCode()).isEqualTo(200);
            assertThat(shop.json("/actuator/health")
                            .at("/components/sidecar/details/since")
                            .asString())
                    .isNotEmpty();
            assertThat(shop.bean(DiscoveryClient.class).getInstances("inventory"))
                    .hasSize(1);
            assertThat(shop.order("tea").statusCode()).isEqualTo(201);
            LoggerFactory.getLogger("shop").info("said while it was away");

            sidecar("--", "sleep", "600");
            await().atMost(LONG).untilAsserted(() -> assertThat(status(shop)).isEqualTo("UP"));
            await().atMost(LONG).untilAsserted(() -> assertThat(
                            shop.get("/actuator/sidecar/logging").body())
                    .contains("said while it was away"));
            await().atMost(LONG).untilAsserted(() -> assertThat(
                            shop.get("/actuator/sidecar/health").body())
                    .contains("\"name\":\"spring\""));
        }
    }

    @Test
    void takesOrdersOfAnOperatorOnActuator() throws Exception {
        sidecar("--", "sleep", "600");
        await().atMost(LONG).until(() -> Files.exists(socket));
        try (Shop shop = Shop.open(home, "--sidecar.delivery=sidecar", "--sidecar.endpoint=unix:" + socket)) {
            ActuatorWrites.areTaken(shop);
        }
        Path out = home.resolve("sidecar-0.out");
        await().untilAsserted(() -> assertThat(Files.readString(out)).contains("Configuration was changed"));
        assertThat(Files.readString(out)).doesNotContain("Cannot create default instance of dev.sidecar");
    }

    @Test
    void hasTheMetersOfTheEnginesInItsSidecar() throws Exception {
        sidecar("--", "sleep", "600");
        await().atMost(LONG).until(() -> Files.exists(socket));
        try (Shop shop = Shop.open(home, "--sidecar.delivery=sidecar", "--sidecar.endpoint=unix:" + socket)) {
            MeterRegistry meters = shop.bean(MeterRegistry.class);
            await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
                assertThat(meters.get("sidecar.health.status")
                                .tag("group", "live")
                                .gauge()
                                .value())
                        .isEqualTo(4);
                assertThat(meters.get("sidecar.logging.records").functionCounters())
                        .isNotEmpty();
                assertThat(meters.get("system.memory.usage").gauge().value()).isPositive();
            });
        }
    }

    @Test
    void startsWithoutItsSidecar() throws Exception {
        try (Shop shop = Shop.open(home, "--sidecar.delivery=sidecar", "--sidecar.endpoint=unix:" + socket)) {
            await().untilAsserted(() -> assertThat(status(shop)).isEqualTo("DEGRADED"));
            assertThat(shop.get("/orders").statusCode()).isEqualTo(200);
        }
    }

    private static String status(Shop shop) throws IOException, InterruptedException {
        return shop.json("/actuator/health").at("/status").asString();
    }

    private static void registerInventory(Shop shop) {
        shop.bean(Sidecar.class)
                .discovery()
                .register(new Registration(
                        "inventory",
                        "one",
                        "127.0.0.1",
                        shop.inventoryPort(),
                        false,
                        Map.of(),
                        Duration.ofMinutes(10),
                        true));
    }

    private Process sidecar(String... arguments) throws IOException {
        Path launcher = Path.of("../../sidecar").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "run"));
        command.addAll(List.of("--name", "orders", "--api-port", "0", "--ops-port", "0"));
        command.addAll(List.of("--socket", socket.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = Commands.of(command);
        builder.environment().put("SIDECAR_HOME", home.toString());
        builder.redirectOutput(
                home.resolve("sidecar-" + started.size() + ".out").toFile());
        builder.redirectError(home.resolve("sidecar-" + started.size() + ".err").toFile());
        Process process = Commands.start(builder);
        started.add(process);
        return process;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path jar() {
        File[] jars = Path.of("target").toFile().listFiles((in, name) -> name.endsWith("-SNAPSHOT.jar"));
        assertThat(jars).as("the built jar").hasSize(1);
        return jars[0].toPath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
