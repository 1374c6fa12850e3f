package dev.sidecar.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.TinyServer;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.IntNode;

class RemoteConfigTest {

    @TempDir
    Path directory;

    private TinyServer server;
    private Availability availability;
    private Transport transport;
    private RemoteConfig config;

    @BeforeEach
    void start() {
        server = TinyServer.on(directory.resolve("a.sock"), RemoteConfigTest::answer);
        availability = new Availability("test");
        transport = new Transport(server.options(Duration.ofMillis(500)), availability);
        config = new RemoteConfig(new Api(transport));
        availability.start(() -> transport.exchange(Request.get("/v1")));
    }

    @AfterEach
    void stop() throws IOException {
        config.close();
        availability.close();
        transport.close();
        server.close();
    }

    private static void answer(TinyServer.Exchange exchange) throws IOException {
        String target = exchange.request().target();
        if (target.startsWith("/v1/config/nothing")) {
            exchange.problem(404, "unknown-key", "key: 'nothing' has no value");
        } else if (target.startsWith("/v1/config/")) {
            exchange.json(200, entry("orders.max", 3));
        } else {
            exchange.json(
                    200, "{\"index\":7,\"entries\":[" + entry("orders.max", 3) + "," + entry("stock.min", 1) + "]}");
        }
    }

    private static String entry(String key, int value) {
        return "{\"key\":\"" + key + "\",\"value\":" + value + ",\"version\":2,\"origin\":\"store\","
                + "\"updatedAt\":\"2026-01-31T12:00:00Z\",\"who\":\"orders/1\"}";
    }

    @Test
    void answersWithTheLastKnownValuesAndTheirAgeWhileTheSidecarIsAway() throws IOException {
        assertThat(config.entries("").staleSince()).isNull();
        Instant before = Instant.now();
        server.close();

        ConfigEntries known = config.entries("orders");

        assertThat(known.staleSince()).isBetween(before, Instant.now());
        assertThat(known.index()).isEqualTo(7);
        assertThat(known.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.value()).isEqualTo(IntNode.valueOf(3));
            assertThat(entry.staleSince()).isEqualTo(known.staleSince());
        });
        assertThat(config.get("stock.min").orElseThrow().staleSince()).isNotNull();
        assertThat(config.get("never.read")).isEmpty();
    }

    @Test
    void isFreshAgainWhenTheSidecarIsBack() throws IOException {
        config.entries("");
        server.close();
        assertThat(config.get("orders.max").map(ConfigEntry::staleSince)).isPresent();

        server = server.again(RemoteConfigTest::answer);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> config.get("orders.max").orElseThrow().staleSince() == null);
        assertThat(config.entries("").staleSince()).isNull();
    }

    @Test
    void aValueThatWasTakenAwayIsNotKnownAnyMore() throws IOException {
        assertThat(config.get("nothing")).isEmpty();
        server.close();
        assertThat(config.get("nothing")).isEmpty();
    }

    @Test
    void writesNeedTheSidecar() throws IOException {
        config.entries("");
        server.close();

        assertThatThrownBy(() -> config.put("orders.max", IntNode.valueOf(4), ConfigCondition.any()))
                .isInstanceOf(SidecarUnavailableException.class);
        assertThatThrownBy(() -> config.delete("orders.max", ConfigCondition.any()))
                .isInstanceOf(SidecarUnavailableException.class);
        assertThatThrownBy(() -> config.rollback("orders.max", 1, ConfigCondition.any()))
                .isInstanceOf(SidecarUnavailableException.class);
    }
}
