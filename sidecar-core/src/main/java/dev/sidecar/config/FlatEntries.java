package dev.sidecar.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Values for those who know only names and text: objects become names with dots, lists names with {@code [0]}, and
 * null and what is empty is left out.
 */
public final class FlatEntries {

    private FlatEntries() {}

    /**
     * One text.
     *
     * @param entry that it is from; the entry's key may be only the beginning of the name
     */
    public record FlatEntry(String text, ConfigEntry entry) {}

    /** All texts by name. Where two entries say something of one name, the store's counts. */
    public static SortedMap<String, FlatEntry> of(List<ConfigEntry> entries) {
        SortedMap<String, FlatEntry> flat = new TreeMap<>();
        entries.stream()
                .filter(entry -> !isStore(entry))
                .forEach(entry -> add(entry.key(), entry.value(), entry, flat));
        entries.stream().filter(FlatEntries::isStore).forEach(entry -> add(entry.key(), entry.value(), entry, flat));
        return Collections.unmodifiableSortedMap(flat);
    }

    private static boolean isStore(ConfigEntry entry) {
        return entry.origin().equals(ConfigEntry.STORE);
    }

    private static void add(String name, JsonNode value, ConfigEntry entry, SortedMap<String, FlatEntry> flat) {
        if (value.isObject()) {
            value.properties().forEach(part -> add(name + "." + part.getKey(), part.getValue(), entry, flat));
        } else if (value.isArray()) {
            // The list as a whole takes the place of one below it, also where that is longer.
            flat.keySet().removeIf(known -> known.startsWith(name + "["));
            for (int i = 0; i < value.size(); i++) {
                add(name + "[" + i + "]", value.get(i), entry, flat);
            }
        } else if (!value.isNull()) {
            flat.put(name, new FlatEntry(value.asString(), entry));
        }
    }
}
