package dev.sidecar.client.config;

import dev.sidecar.client.transport.Availability;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values that were read last, for when the sidecar is away. Thread-safe. */
final class LastKnown {

    private final Availability availability;
    private final Map<String, ConfigEntry> entries = new TreeMap<>();
    private long index;

    LastKnown(Availability availability) {
        this.availability = availability;
    }

    synchronized ConfigEntries keep(String prefix, ConfigEntries read) {
        entries.keySet().removeIf(key -> ConfigKeys.isWithin(key, prefix));
        read.entries().forEach(entry -> entries.put(entry.key(), entry));
        index = Math.max(index, read.index());
        return read;
    }

    synchronized ConfigEntry keep(ConfigEntry entry) {
        entries.put(entry.key(), entry);
        return entry;
    }

    synchronized void forget(String key) {
        entries.remove(key);
    }

    synchronized ConfigEntries entries(String prefix) {
        Instant since = staleSince();
        List<ConfigEntry> known = entries.values().stream()
                .filter(entry -> ConfigKeys.isWithin(entry.key(), prefix))
                .map(entry -> stale(entry, since))
                .toList();
        return new ConfigEntries(index, known, since);
    }

    synchronized Optional<ConfigEntry> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(entry -> stale(entry, staleSince()));
    }

    private static ConfigEntry stale(ConfigEntry entry, Instant since) {
        return new ConfigEntry(
                entry.key(), entry.value(), entry.version(), entry.origin(), entry.updatedAt(), entry.who(), since);
    }

    /** The sidecar may be back since the call failed: stale they are all the same. */
    private Instant staleSince() {
        Instant since = availability.since();
        return since == null ? Instant.now() : since;
    }
}
