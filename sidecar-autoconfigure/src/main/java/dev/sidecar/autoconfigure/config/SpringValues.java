package dev.sidecar.autoconfigure.config;

import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.FlatEntries;
import dev.sidecar.config.FlatEntries.FlatEntry;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The values that Spring's environment has at the moment. Thread-safe. */
final class SpringValues {

    private volatile SortedMap<String, FlatEntry> values = Collections.emptySortedMap();

    SortedMap<String, FlatEntry> values() {
        return values;
    }

    /** Returns the names whose values are others now. */
    synchronized Set<String> replace(ConfigEntries entries) {
        SortedMap<String, FlatEntry> now = new TreeMap<>(FlatEntries.of(entries.entries()));
        // Sidecar itself is set up by now; half of a change of its own would be worse than none.
        now.keySet().removeIf(name -> name.equals("sidecar") || name.startsWith("sidecar."));
        SortedMap<String, FlatEntry> before = values;
        values = Collections.unmodifiableSortedMap(now);
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(name -> Objects.equals(text(before, name), text(now, name)));
        return changed;
    }

    private static @Nullable String text(SortedMap<String, FlatEntry> values, String name) {
        FlatEntry value = values.get(name);
        return value == null ? null : value.text();
    }
}
