package dev.sidecar.config.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigLayer;
import dev.sidecar.config.ConfigLayer.LayerValue;
import dev.sidecar.config.ConfigLimits;
import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesLayerTest {

    @TempDir
    Path directory;

    private final AtomicInteger changes = new AtomicInteger();
    private List<ConfigLayer> layers = List.of();

    @AfterEach
    void close() {
        layers.forEach(ConfigLayer::close);
    }

    private ConfigLayer layer(Path... files) {
        layers = LowerLayers.of(
                new LayerOptions(
                        Map.of(),
                        Map.of(),
                        List.of(files).stream().map(Path::toString).toList(),
                        EnvironmentOptions.none()),
                Map.of());
        ConfigLayer layer = layers.get(0);
        layer.onChange(changes::incrementAndGet);
        return layer;
    }

    private static String value(ConfigLayer layer, String key) {
        LayerValue value = layer.snapshot().get(key);
        return value == null ? "none" : value.value().asString();
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void saysWhichFileAValueIsFromAndTheLastOneCounts() throws Exception {
        Path first = write("a.yml", "orders: {limit: 1, name: tea}");
        Path second = write("b.properties", "orders.limit=2");
        ConfigLayer layer = layer(first, second);
        assertThat(layer.snapshot().get("orders.limit").origin()).isEqualTo("file:" + second);
        assertThat(value(layer, "orders.limit")).isEqualTo("2");
        assertThat(layer.snapshot().get("orders.name").origin()).isEqualTo("file:" + first);
    }

    @Test
    void seesAFileThatIsWrittenOver() throws Exception {
        Path file = write("a.yml", "limit: 1");
        ConfigLayer layer = layer(file);
        Files.writeString(file, "limit: 2");
        await().untilAsserted(() -> assertThat(value(layer, "limit")).isEqualTo("2"));
        assertThat(changes.get()).isPositive();
    }

    @Test
    void seesAFileThatIsReplaced() throws Exception {
        Path file = write("a.json", "{\"limit\":1}");
        ConfigLayer layer = layer(file);
        AtomicFiles.replace(file, "{\"limit\":2}".getBytes(), false);
        await().untilAsserted(() -> assertThat(value(layer, "limit")).isEqualTo("2"));
    }

    @Test
    void seesAFileThatComesLater() throws Exception {
        ConfigLayer layer = layer(directory.resolve("later/a.yml"));
        assertThat(layer.snapshot()).isEmpty();
        write("later/a.yml", "limit: 1");
        await().untilAsserted(() -> assertThat(value(layer, "limit")).isEqualTo("1"));
    }

    @Test
    void keepsTheLastGoodValuesOfABrokenOrVanishedFileAndCallsThemStale() throws Exception {
        Path file = write("a.yml", "limit: 1");
        ConfigLayer layer = layer(file);
        Files.writeString(file, "limit: [2");
        await().untilAsserted(() ->
                assertThat(layer.snapshot().get("limit").staleSince()).isNotNull());
        assertThat(value(layer, "limit")).isEqualTo("1");
        Files.delete(file);
        Files.writeString(file, "limit: 3");
        await().untilAsserted(() -> assertThat(value(layer, "limit")).isEqualTo("3"));
        assertThat(layer.snapshot().get("limit").staleSince()).isNull();
        Files.delete(file);
        await().untilAsserted(() ->
                assertThat(layer.snapshot().get("limit").staleSince()).isNotNull());
        assertThat(value(layer, "limit")).isEqualTo("3");
    }

    @Test
    void readsAMountedConfigMapAndSeesItExchanged() throws Exception {
        write("..1/db.url", "jdbc:one\n");
        write("..1/db.user", "tea");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(directory.resolve("db.url"), Path.of("..data/db.url"));
        Files.createSymbolicLink(directory.resolve("db.user"), Path.of("..data/db.user"));
        ConfigLayer layer = layer(directory);
        assertThat(layer.snapshot().keySet()).containsExactlyInAnyOrder("db.url", "db.user");
        assertThat(layer.snapshot().get("db.url"))
                .extracting(value -> value.value().asString(), LayerValue::origin)
                .containsExactly("jdbc:one", "file:" + directory.resolve("db.url"));

        write("..2/db.url", "jdbc:two\n");
        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
        AtomicFiles.move(next, data);
        Files.delete(directory.resolve("db.user"));
        await().untilAsserted(() -> {
            assertThat(value(layer, "db.url")).isEqualTo("jdbc:two");
            assertThat(layer.snapshot()).doesNotContainKey("db.user");
        });
    }

    @Test
    void leavesOutBinaryAndHugeFilesAndNamesThatAreNoKeys() throws Exception {
        write("good", "1");
        write("not a key", "1");
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        Files.write(directory.resolve("huge"), new byte[ConfigLimits.MAX_VALUE_BYTES + 1]);
        write("sub/key", "2");
        ConfigLayer layer = layer(directory);
        assertThat(layer.snapshot().keySet()).containsExactlyInAnyOrder("good", "sub.key");
    }

    @Test
    void keepsTheValuesOfADirectoryThatVanishes() throws Exception {
        Path mount = directory.resolve("mount");
        write("mount/key", "1");
        ConfigLayer layer = layer(mount);
        AtomicFiles.move(mount, directory.resolve("gone"));
        await().untilAsserted(() ->
                assertThat(layer.snapshot().get("key").staleSince()).isNotNull());
        AtomicFiles.move(directory.resolve("gone"), mount);
        await().untilAsserted(() ->
                assertThat(layer.snapshot().get("key").staleSince()).isNull());
    }

    @Test
    void refusesAFileOfUnknownKind() throws Exception {
        Path file = write("a.toml", "x = 1");
        assertThatThrownBy(() -> layer(file))
                .isInstanceOf(SidecarException.class)
                .hasMessageContaining("sidecar.config.files[0]")
                .hasMessageContaining("a.toml");
    }
}
