package dev.sidecar.config.render;

import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.FlatEntries;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a rendered file looks like. Each is the same for the same values. */
public enum RenderFormat {
    /** {@code java.util.Properties}; lists as {@code hosts[0]}. */
    PROPERTIES {
        @Override
        String render(List<ConfigEntry> entries) {
            StringBuilder text = new StringBuilder();
            FlatEntries.of(entries).forEach((name, value) -> text.append(PropertiesText.name(name))
                    .append('=')
                    .append(PropertiesText.value(value.text()))
                    .append('\n'));
            return text.toString();
        }
    },
    /** One object; dots in keys make objects in it. */
    JSON {
        @Override
        String render(List<ConfigEntry> entries) {
            return JSON_TEXT.writeValueAsString(KeyTree.of(entries)) + "\n";
        }
    },
    /** As {@link #JSON}, in YAML. */
    YAML {
        @Override
        String render(List<ConfigEntry> entries) {
            DumperOptions options = new DumperOptions();
            options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
            options.setSplitLines(false);
            return new Yaml(options).dump(KeyTree.of(entries));
        }
    },
    /** {@code NAME=value} lines that a shell and systemd's {@code EnvironmentFile} read. */
    ENV {
        @Override
        String render(List<ConfigEntry> entries) {
            return new TreeMap<>(Variables.of(entries))
                    .entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                            .collect(Collectors.joining());
        }
    };

    private static final JsonMapper JSON_TEXT =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    abstract String render(List<ConfigEntry> entries);

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+,-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
