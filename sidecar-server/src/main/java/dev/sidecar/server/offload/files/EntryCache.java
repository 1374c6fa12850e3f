package dev.sidecar.server.offload.files;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries by path, those used last; bounded by what they weigh. Thread-safe. */
final class EntryCache {

    private final long capacity;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;

    EntryCache(long capacity) {
        this.capacity = capacity;
    }

    synchronized @Nullable Entry get(String path) {
        return entries.get(path);
    }

    synchronized void put(String path, Entry entry) {
        remove(path, null);
        entries.put(path, entry);
        weight += weight(path, entry);
        var oldest = entries.entrySet().iterator();
        while (weight > capacity && oldest.hasNext()) {
            Map.Entry<String, Entry> next = oldest.next();
            oldest.remove();
            weight -= weight(next.getKey(), next.getValue());
            next.getValue().close();
        }
    }

    /** Forgets the entry, if it is this one. */
    synchronized void remove(String path, @Nullable Entry expected) {
        Entry there = entries.get(path);
        if (there != null && (expected == null || there == expected)) {
            entries.remove(path);
            weight -= weight(path, there);
            there.close();
        }
    }

    private static long weight(String path, Entry entry) {
        return entry.weight() + 2L * path.length();
    }

    synchronized void clear() {
        entries.values().forEach(Entry::close);
        entries.clear();
        weight = 0;
    }
}
