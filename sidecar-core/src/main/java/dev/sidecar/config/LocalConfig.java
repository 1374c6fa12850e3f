package dev.sidecar.config;

import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** The store over the other layers. Thread-safe. Nothing is opened until it is used. */
public final class LocalConfig implements Config, AutoCloseable {

    private final ConfigStore store;
    private final ConfigLayers layers;
    private final ConfigMeters meters;
    private final Set<ConfigWatcher> watchers = ConcurrentHashMap.newKeySet();
    private @Nullable Subscription changes;
    private boolean closed;

    private LocalConfig(ConfigStore store, ConfigOptions options, MeterRegistry registry) {
        this.store = store;
        this.meters = new ConfigMeters(registry, watchers::size, () -> store.trouble() != null);
        this.layers = new ConfigLayers(options.layers(), this::layersChanged);
    }

    public static LocalConfig start(LocalContext context, ConfigOptions options) {
        String who = context.identity().name() + "/" + context.identity().instance();
        return new LocalConfig(new SqliteStore(context.home(), who), options, context.meters());
    }

    @Override
    public ConfigEntries entries(String prefix) {
        String within = ConfigKeys.checkPrefix(prefix);
        ConfigEntries stored = store.entries(within);
        Map<String, ConfigEntry> all = new TreeMap<>(layers.entries(within));
        stored.entries().forEach(entry -> all.put(entry.key(), entry));
        return new ConfigEntries(stored.index(), List.copyOf(all.values()), null);
    }

    @Override
    public Optional<ConfigEntry> get(String key) {
        ConfigKeys.check(key);
        return store.get(key).or(() -> layers.get(key));
    }

    @Override
    public ConfigEntry put(String key, JsonNode value, ConfigCondition condition) {
        String json = ConfigValues.text(ConfigKeys.check(key), value);
        return entry(
                key, meters.counted(() -> store.write(key, json, condition)).orElseThrow());
    }

    @Override
    public boolean delete(String key, ConfigCondition condition) {
        String checked = ConfigKeys.check(key);
        return meters.counted(() -> store.write(checked, null, condition)).isPresent();
    }

    @Override
    public long index() {
        return store.index();
    }

    @Override
    public ConfigHistory history(String key) {
        return store.history(ConfigKeys.check(key));
    }

    @Override
    public ConfigEntry rollback(String key, long version, ConfigCondition condition) {
        String checked = ConfigKeys.check(key);
        return entry(key, meters.counted(() -> store.rollback(checked, version, condition)));
    }

    private static ConfigEntry entry(String key, ConfigVersion written) {
        return new ConfigEntry(
                key,
                Objects.requireNonNullElse(written.value(), NullNode.getInstance()),
                written.version(),
                ConfigEntry.STORE,
                written.updatedAt(),
                written.who(),
                null);
    }

    @Override
    public Subscription watch(String prefix, long after, Consumer<ConfigChange> listener) {
        String within = ConfigKeys.checkPrefix(prefix);
        long from = after == NOW ? store.index() : after;
        if (from < 0) {
            throw SidecarException.invalid(
                    "invalid-parameter", "after: '" + after + "' is not allowed; give an index, 0 or -1 for now");
        }
        ConfigWatcher watcher = new ConfigWatcher(store, within, from, listener, this::remove);
        synchronized (this) {
            if (closed) {
                return () -> {};
            }
            watchers.add(watcher);
            if (changes == null) {
                changes = store.onChange(() -> watchers.forEach(ConfigWatcher::signal));
            }
        }
        layers.follow();
        watcher.signal();
        return watcher;
    }

    private void remove(ConfigWatcher watcher) {
        Subscription unused = null;
        synchronized (this) {
            watchers.remove(watcher);
            if (watchers.isEmpty()) {
                unused = changes;
                changes = null;
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** A change that the store hides is none. */
    private void layersChanged(List<ConfigChange> changed) {
        if (watchers.isEmpty()) {
            return;
        }
        ConfigEntries stored = store.entries("");
        Set<String> hidden = new HashSet<>();
        stored.entries().forEach(entry -> hidden.add(entry.key()));
        List<ConfigChange> seen = new ArrayList<>();
        for (ConfigChange change : changed) {
            if (!hidden.contains(change.key())) {
                seen.add(new ConfigChange(
                        stored.index(),
                        change.type(),
                        change.key(),
                        change.value(),
                        null,
                        change.origin(),
                        null,
                        null));
            }
        }
        watchers.forEach(watcher -> seen.forEach(watcher::add));
    }

    /** What is wrong with the store; null when nothing is. Asking tries it again. */
    public @Nullable ConfigTrouble trouble() {
        return store.trouble();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List.copyOf(watchers).forEach(ConfigWatcher::close);
        layers.close();
        store.close();
        meters.close();
    }
}
