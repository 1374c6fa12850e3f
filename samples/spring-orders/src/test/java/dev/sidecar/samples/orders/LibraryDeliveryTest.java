package dev.sidecar.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.discovery.Registration;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.discovery.DiscoveryClient;

@ExtendWith(OutputCaptureExtension.class)
class LibraryDeliveryTest {

    @TempDir
    Path home;

    @Test
    void takesAnOrderThroughTheInventoryItFinds(CapturedOutput output) throws Exception {
        try (Shop shop = Shop.open(home)) {
            assertThat(shop.order("tea").statusCode()).isEqualTo(503);
            shop.bean(Sidecar.class)
                    .discovery()
                    .register(new Registration(
                            "inventory",
                            "one",
                            "127.0.0.1",
                            shop.inventoryPort(),
                            false,
                            Map.of(),
                            Registration.DEFAULT_TTL,
                            true));
            await().untilAsserted(
                            () -> assertThat(shop.order("tea").statusCode()).isEqualTo(201));
            assertThat(shop.order("gold").statusCode()).isEqualTo(404);
            assertThat(shop.json("/orders").at("/orders/0/sku").asString()).isEqualTo("tea");
            await().untilAsserted(() -> assertThat(output).contains("\"sku\":\"tea\""));
        }
    }

    @Test
    void isFoundByItsNameAndGoneWhenItEnds() throws Exception {
        try (Shop watcher = Shop.open(home, "--sidecar.app.instance=watcher", "--sidecar.discovery.register=false")) {
            try (Shop shop = Shop.open(home, "--sidecar.app.instance=one")) {
                await().untilAsserted(() -> assertThat(
                                watcher.bean(DiscoveryClient.class).getInstances("orders"))
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.getInstanceId()).isEqualTo("one");
                            assertThat(found.getPort()).isEqualTo(shop.port());
                        }));
            }
            await().untilAsserted(
                            () -> assertThat(watcher.bean(DiscoveryClient.class).getInstances("orders"))
                                    .isEmpty());
        }
    }

    @Test
    void showsSidecarOnActuator() throws Exception {
        try (Shop shop = Shop.open(home)) {
            await().untilAsserted(() -> assertThat(
                            shop.json("/actuator/health").at("/status").asString())
                    .isEqualTo("UP"));
            assertThat(shop.json("/actuator/health")
                            .at("/components/sidecar/status")
                            .asString())
                    .isEqualTo("UP");
            assertThat(shop.json("/actuator/sidecar").at("/delivery").asString())
                    .isEqualTo("library");
            assertThat(shop.json("/actuator/sidecar/health")
                            .at("/checks/0/name")
                            .asString())
                    .isEqualTo("spring");
            assertThat(shop.get("/actuator/sidecar/nothing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void takesOrdersOfAnOperatorOnActuator(CapturedOutput output) throws Exception {
        try (Shop shop = Shop.open(home)) {
            ActuatorWrites.areTaken(shop);
        }
        assertThat(output).contains("Configuration was changed").doesNotContain("MeterRegistry is being added");
    }
}
