package dev.sidecar.config.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FileFormatTest {

    private static Map<String, String> read(FileFormat format, String text) throws IOException {
        return format.read(text.getBytes(StandardCharsets.UTF_8), "test").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    @Test
    void readsPropertiesAsText() throws Exception {
        assertThat(read(FileFormat.PROPERTIES, "orders.limit=7\norders.name = Tée\nhosts[0]=a\nhosts[1]=b\n"))
                .isEqualTo(Map.of("orders.limit", "\"7\"", "orders.name", "\"Tée\"", "hosts", "[\"a\",\"b\"]"));
    }

    @Test
    void readsYamlWithItsTypes() throws Exception {
        assertThat(
                        read(
                                FileFormat.YAML,
                                "orders:\n  limit: 7\n  fast: true\n  day: 2026-01-31\n  tags: [a, {b: 1}]\n  none:\n---\norders.limit: 8\n"))
                .isEqualTo(Map.of(
                        "orders.limit",
                        "8",
                        "orders.fast",
                        "true",
                        "orders.day",
                        "\"2026-01-31\"",
                        "orders.tags",
                        "[\"a\",{\"b\":1}]"));
    }

    @Test
    void readsJsonWithItsTypes() throws Exception {
        assertThat(read(FileFormat.JSON, "{\"a\":{\"b\":1.5,\"c\":[1,2]},\"d.e\":false}"))
                .isEqualTo(Map.of("a.b", "1.5", "a.c", "[1,2]", "d.e", "false"));
    }

    @Test
    void leavesOutWhatIsNoKey() throws Exception {
        assertThat(read(FileFormat.YAML, "'not a key': 1\nkey: 2\n")).isEqualTo(Map.of("key", "2"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> read(FileFormat.YAML, "a: [1\n")).hasMessageContaining("not YAML");
        assertThatThrownBy(() -> read(FileFormat.YAML, "a: 1\na: 2\n")).hasMessageContaining("duplicate key");
        assertThatThrownBy(() -> read(FileFormat.JSON, "{\"a\":")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> read(FileFormat.JSON, "7")).hasMessageContaining("no names");
        assertThatThrownBy(() -> FileFormat.PROPERTIES.read(new byte[] {'a', '=', (byte) 0xff}, "test"))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void makesNoObjectsThatYamlAsksFor() {
        assertThatThrownBy(() -> read(FileFormat.YAML, "a: !!javax.script.ScriptEngineManager [x]\n"))
                .isInstanceOf(IOException.class);
    }
}
