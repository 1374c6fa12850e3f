package dev.sidecar.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;

/** What an operator can do through {@code /actuator/sidecar}, the same in both deliveries. */
final class ActuatorWrites {

    private ActuatorWrites() {}

    static void areTaken(Shop shop) throws Exception {
        await().untilAsserted(() ->
                assertThat(shop.get("/actuator/health/readiness").statusCode()).isEqualTo(200));
        assertThat(shop.post("/actuator/sidecar/health/maintenance", "{\"enabled\":true,\"reason\":\"new disk\"}")
                        .statusCode())
                .isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(shop.get("/actuator/health/readiness").statusCode()).isEqualTo(503));
        shop.post("/actuator/sidecar/health/maintenance", "{\"enabled\":false}");
        await().untilAsserted(() ->
                assertThat(shop.get("/actuator/health/readiness").statusCode()).isEqualTo(200));

        assertThat(shop.post("/actuator/sidecar/config/orders.limit", "{\"value\":100}")
                        .body())
                .contains("\"version\":1");
        assertThat(shop.json("/actuator/sidecar/config/orders.limit")
                        .at("/value")
                        .asInt())
                .isEqualTo(100);
        HttpResponse<String> conflict =
                shop.post("/actuator/sidecar/config/orders.limit", "{\"value\":200,\"version\":7}");
        assertThat(conflict.statusCode()).isEqualTo(412);
        assertThat(conflict.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(shop.delete("/actuator/sidecar/config/orders.limit").statusCode())
                .isEqualTo(204);
        assertThat(shop.get("/actuator/sidecar/config/orders.limit").statusCode())
                .isEqualTo(404);
        assertThat(shop.post("/actuator/sidecar/watchdog/heartbeat", "{\"status\":\"counting\"}")
                        .body())
                .contains("counting");
    }
}
