package dev.sidecar.server.edge.input;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A key of the config store with all below it; the last known values while it cannot be read. */
final class ConfigInput {

    private final Config config;
    private final String key;
    private Map<String, Object> values = Map.of();
    private @Nullable Instant confirmedAt;
    private @Nullable String stale;

    ConfigInput(Config config, String key) {
        this.config = config;
        this.key = key;
    }

    Subscription watch(Runnable changed) {
        return config.watch(key, Config.NOW, change -> changed.run());
    }

    synchronized Map<String, Object> read() {
        try {
            ConfigEntries entries = config.entries(key);
            Map<String, Object> read = new TreeMap<>();
            for (ConfigEntry entry : entries.entries()) {
                read.put(entry.key(), plain(entry.value()));
            }
            values = read;
            stale = entries.staleSince() == null ? null : "the config store is away since " + entries.staleSince();
            if (stale == null) {
                confirmedAt = Instant.now();
            }
        } catch (SidecarException e) {
            stale = String.valueOf(e.getMessage());
        }
        return values;
    }

    /** As a template uses it: a text, a number, a list, a map. */
    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(ConfigInput::plain).toList();
        }
        if (value.isObject()) {
            Map<String, Object> map = new TreeMap<>();
            value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        if (value.isIntegralNumber()) {
            return value.asLong();
        }
        return value.isBoolean() ? value.asBoolean() : value.asString();
    }

    synchronized InputState state() {
        return new InputState("config", key, confirmedAt, stale);
    }
}
