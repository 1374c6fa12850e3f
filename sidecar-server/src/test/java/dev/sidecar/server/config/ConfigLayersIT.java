package dev.sidecar.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.RawHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an application that reads only files and variables gets, and what the API says of the layers. */
class ConfigLayersIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void layersAreEffectiveAndTheApplicationFindsThem() throws Exception {
        Path mount = Files.createDirectories(directory.resolve("mount"));
        Files.writeString(mount.resolve("orders.motto"), "tea\n");
        Path rendered = directory.resolve("app.properties");
        Path signalled = directory.resolve("signalled");
        Path yml = Files.writeString(
                directory.resolve("sidecar.yml"),
                """
                sidecar:
                  config:
                    defaults: {orders: {limit: 1, size: 1}}
                    values: {orders: {limit: 2, maxWait: 5}}
                    files: ['%s']
                    render:
                      - {destination: '%s', prefix: orders, signal: HUP}
                      - {format: environment, prefix: orders}
                """
                        .formatted(mount, rendered));
        String script =
                "trap 'cp \"$2\" \"$1\"' HUP; echo \"limit=$ORDERS_LIMIT motto=$ORDERS_MOTTO size=$ORDERS_SIZE\";"
                        + " while :; do sleep 0.05; done";
        try (SidecarProcess sidecar = SidecarProcess.run(
                        directory, "orders", List.of("sh", "-c", script, "sh", "" + signalled, "" + rendered))
                .args("--config", yml.toString())
                .env("ORDERS_SIZE", "7")
                .start()) {
            RawHttp api = RawHttp.unix(sidecar.socket());
            assertThat(origin(api, "orders.limit")).isEqualTo("sidecar.yml");
            assertThat(origin(api, "orders.maxWait")).isEqualTo("sidecar.yml");
            assertThat(origin(api, "orders.size")).isEqualTo("environment:ORDERS_SIZE");
            assertThat(origin(api, "orders.motto")).isEqualTo("file:" + mount.resolve("orders.motto"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sidecar.stdout()).contains("limit=2 motto=tea size=7"));
            assertThat(rendered).content().contains("orders.limit=2", "orders.motto=tea", "orders.maxWait=5");

            api.put("/v1/config/orders.limit", "3").expect(201);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(signalled).exists().content().contains("orders.limit=3"));
            Files.writeString(mount.resolve("orders.motto"), "coffee\n");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(signalled).content().contains("orders.motto=coffee"));
        }
    }

    @Test
    void anApplicationThatIsRestartedFindsTheVariablesOfToday() throws Exception {
        Path go = directory.resolve("go");
        String script = "echo \"limit=$ORDERS_LIMIT\"; while [ ! -e '" + go + "' ]; do sleep 0.05; done; rm '" + go
                + "'; exit 3";
        try (SidecarProcess sidecar = SidecarProcess.run(directory, "orders", List.of("sh", "-c", script))
                .set("sidecar.config.values.orders.limit", "1")
                .set("sidecar.config.render[0].format", "environment")
                .set("sidecar.app.restart", "on-failure")
                .set("sidecar.app.backoff.first", "10ms")
                .start()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sidecar.stdout()).contains("limit=1"));
            RawHttp.unix(sidecar.socket()).put("/v1/config/orders.limit", "2").expect(201);

            Files.createFile(go);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sidecar.stdout()).contains("limit=2"));
        }
    }

    @Test
    void aFileOfUnknownKindIsBadConfiguration() throws Exception {
        Path toml = Files.writeString(directory.resolve("a.toml"), "x = 1");
        try (SidecarProcess sidecar = SidecarProcess.run(directory, "orders", List.of("sleep", "60"))
                .set("sidecar.config.files[0]", toml.toString())
                .launch()) {
            assertThat(sidecar.awaitExit(SidecarProcess.START)).isEqualTo(78);
            assertThat(sidecar.stderr()).contains("sidecar.config.files[0]", "a.toml");
        }
    }

    private static String origin(RawHttp api, String key) {
        JsonNode entry = api.get("/v1/config/" + key).expect(200).json();
        return entry.path("origin").asString();
    }
}
