package dev.sidecar.config.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigOptions;
import dev.sidecar.config.LocalConfig;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ConfigRenderingTest {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    @TempDir
    Path directory;

    private final List<String> signals = new CopyOnWriteArrayList<>();
    private LocalConfig config;

    @BeforeEach
    void open() {
        config = LocalConfig.start(
                new LocalContext(
                        new Identity("orders", "one", "here"),
                        new SidecarHome(directory.resolve("home")),
                        new SimpleMeterRegistry()),
                ConfigOptions.defaults());
        put("orders.limit", "7");
        put("orders.motto", "\"it's \\\"tea\\\": a=b\\n\\\\ über\"");
        put("orders.hosts", "[\"a\",\"b\"]");
        put("orders.db", "{\"url\":\"jdbc:x\",\"pool-size\":3}");
        put("other", "true");
    }

    @AfterEach
    void close() {
        config.close();
    }

    private void put(String key, String json) {
        config.put(key, JsonMapper.shared().readTree(json), ConfigCondition.any());
    }

    private String rendered(RenderFormat format, String prefix) throws Exception {
        Path file = directory.resolve("out");
        start(file, format, prefix, null).close();
        return Files.readString(file);
    }

    private ConfigRendering start(Path file, RenderFormat format, String prefix, String signal) {
        return ConfigRendering.start(
                config, List.of(new RenderOptions(file, format, prefix, signal, OWNER)), signals::add);
    }

    @Test
    void writesPropertiesThatAreReadBackAsTheyWere() throws Exception {
        Properties read = new Properties();
        read.load(new StringReader(rendered(RenderFormat.PROPERTIES, "orders")));
        assertThat(read)
                .containsOnly(
                        Map.entry("orders.limit", "7"),
                        Map.entry("orders.motto", "it's \"tea\": a=b\n\\ über"),
                        Map.entry("orders.hosts[0]", "a"),
                        Map.entry("orders.hosts[1]", "b"),
                        Map.entry("orders.db.url", "jdbc:x"),
                        Map.entry("orders.db.pool-size", "3"));
    }

    @Test
    void writesOneJsonObject() throws Exception {
        assertThat(JsonMapper.shared().readTree(rendered(RenderFormat.JSON, "")))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"orders\":{\"limit\":7,\"motto\":\"it's \\\"tea\\\": a=b\\n\\\\ über\","
                                                + "\"hosts\":[\"a\",\"b\"],\"db\":{\"url\":\"jdbc:x\",\"pool-size\":3}},\"other\":true}"));
    }

    @Test
    void writesYaml() throws Exception {
        assertThat(rendered(RenderFormat.YAML, "orders.db"))
                .isEqualTo("orders:\n  db:\n    pool-size: 3\n    url: jdbc:x\n");
    }

    @Test
    void writesVariablesThatAShellReads() throws Exception {
        assertThat(rendered(RenderFormat.ENV, "orders"))
                .isEqualTo("ORDERS_DB_POOL_SIZE=3\nORDERS_DB_URL=jdbc:x\nORDERS_HOSTS=a,b\nORDERS_LIMIT=7\n"
                        + "ORDERS_MOTTO='it'\\''s \"tea\": a=b\n\\ über'\n");
    }

    @Test
    void rewritesTheFileAndSignalsOnlyWhenItsContentChanges() throws Exception {
        Path file = directory.resolve("out.json");
        try (ConfigRendering rendering = start(file, RenderFormat.JSON, "orders.limit", "HUP")) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OWNER);
            assertThat(signals).isEmpty();
            put("unrelated", "1");
            put("orders.limit", "8");
            await().untilAsserted(() -> assertThat(signals).containsExactly("HUP"));
            assertThat(file).content().contains("8");
            assertThat(rendering).isNotNull();
        }
    }

    @Test
    void refusesADestinationThatCannotBeWritten() {
        assertThatThrownBy(() -> start(directory.resolve("no/such/file"), RenderFormat.JSON, "", null))
                .isInstanceOf(SidecarException.class)
                .hasMessageContaining("no/such/file");
    }
}
