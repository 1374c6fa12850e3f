package dev.sidecar.config;

import dev.sidecar.Subscription;
import dev.sidecar.config.ConfigLayer.LayerValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The layers below the store, as one. Thread-safe. */
final class ConfigLayers implements AutoCloseable {

    /** Lowest first. */
    private final List<ConfigLayer> layers;

    private final Consumer<List<ConfigChange>> changed;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Map<String, LayerValue> last = Map.of();
    private boolean following;

    ConfigLayers(List<ConfigLayer> layers, Consumer<List<ConfigChange>> changed) {
        this.layers = layers;
        this.changed = changed;
    }

    Map<String, ConfigEntry> entries(String prefix) {
        follow();
        Map<String, ConfigEntry> entries = new TreeMap<>();
        values().forEach((key, value) -> {
            if (ConfigKeys.isWithin(key, prefix)) {
                entries.put(key, entry(key, value));
            }
        });
        return entries;
    }

    Optional<ConfigEntry> get(String key) {
        follow();
        for (int i = layers.size() - 1; i >= 0; i--) {
            LayerValue value = layers.get(i).snapshot().get(key);
            if (value != null) {
                return Optional.of(entry(key, value));
            }
        }
        return Optional.empty();
    }

    private static ConfigEntry entry(String key, LayerValue value) {
        return new ConfigEntry(key, value.value(), null, value.origin(), null, null, value.staleSince());
    }

    private Map<String, LayerValue> values() {
        Map<String, LayerValue> values = new HashMap<>();
        layers.forEach(layer -> values.putAll(layer.snapshot()));
        return values;
    }

    /** Begins to see and to tell of changes, on the first call. */
    synchronized void follow() {
        if (!following) {
            following = true;
            layers.forEach(layer -> subscriptions.add(layer.onChange(this::compare)));
            last = values();
        }
    }

    private synchronized void compare() {
        Map<String, LayerValue> now = values();
        List<ConfigChange> changes = new ArrayList<>();
        now.forEach((key, value) -> {
            LayerValue before = last.get(key);
            if (before == null
                    || !before.value().equals(value.value())
                    || !before.origin().equals(value.origin())) {
                changes.add(change(ConfigChange.Type.PUT, key, value));
            }
        });
        last.forEach((key, value) -> {
            if (!now.containsKey(key)) {
                changes.add(change(ConfigChange.Type.DELETE, key, value));
            }
        });
        last = now;
        if (!changes.isEmpty()) {
            changed.accept(changes);
        }
    }

    private static ConfigChange change(ConfigChange.Type type, String key, LayerValue value) {
        return new ConfigChange(
                0, type, key, type == ConfigChange.Type.PUT ? value.value() : null, null, value.origin(), null, null);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        layers.forEach(ConfigLayer::close);
    }
}
