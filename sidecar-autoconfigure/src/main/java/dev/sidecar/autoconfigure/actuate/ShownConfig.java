package dev.sidecar.autoconfigure.actuate;

import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.redaction.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The configuration as a page shows it: what looks like a secret, by its name or its form, is hidden. */
final class ShownConfig {

    private final Secrets secrets = new Secrets(List.of(), List.of());

    Map<String, Object> of(ConfigEntries entries) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("index", entries.index());
        if (entries.staleSince() != null) {
            shown.put("staleSince", entries.staleSince().toString());
        }
        shown.put("entries", entries.entries().stream().map(this::entry).toList());
        return shown;
    }

    Map<String, Object> entry(ConfigEntry entry) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("key", entry.key());
        shown.put("value", value(entry.key(), entry.value()));
        shown.put("origin", entry.origin());
        shown.put("version", entry.version());
        shown.put(
                "staleSince",
                entry.staleSince() == null ? null : entry.staleSince().toString());
        shown.values().removeIf(value -> value == null);
        return shown;
    }

    private Object value(String name, JsonNode value) {
        if (secrets.isName(name)) {
            return Secrets.REDACTED;
        }
        if (value.isObject()) {
            Map<String, Object> parts = new LinkedHashMap<>();
            value.properties().forEach(part -> parts.put(part.getKey(), value(part.getKey(), part.getValue())));
            return parts;
        }
        if (value.isArray()) {
            return value.valueStream().map(item -> value("", item)).toList();
        }
        return value.isString() ? secrets.redact(value.asString()) : value;
    }
}
