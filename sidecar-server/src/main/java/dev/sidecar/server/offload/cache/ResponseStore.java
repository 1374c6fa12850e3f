package dev.sidecar.server.offload.cache;

import dev.sidecar.server.proxy.http1.Fields;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored responses by key, those used last; bounded by what they weigh. Thread-safe. */
final class ResponseStore {

    /** Of one key, chosen by fields of the request: more are not worth their memory. */
    private static final int VARIANTS = 16;

    private final long capacity;
    private final LinkedHashMap<String, List<StoredResponse>> byKey = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;

    /**
     * @param capacity in bytes
     */
    ResponseStore(long capacity) {
        this.capacity = capacity;
    }

    /** The one that was chosen by the same fields; null when there is none. */
    synchronized @Nullable StoredResponse find(String key, Fields request) {
        for (StoredResponse each : byKey.getOrDefault(key, List.of())) {
            if (each.answers(request)) {
                return each;
            }
        }
        return null;
    }

    /** Puts it in the place of the one that answers the same request. */
    synchronized void put(String key, Fields request, StoredResponse response) {
        List<StoredResponse> variants = new ArrayList<>(byKey.getOrDefault(key, List.of()));
        variants.removeIf(each -> each.answers(request));
        variants.add(response);
        if (variants.size() > VARIANTS) {
            variants.remove(0);
        }
        set(key, variants);
        Iterator<Map.Entry<String, List<StoredResponse>>> oldest =
                byKey.entrySet().iterator();
        while (weight > capacity && oldest.hasNext()) {
            weight -= weight(oldest.next().getValue());
            oldest.remove();
        }
    }

    /** Forgets the one that answers this request. */
    synchronized void remove(String key, Fields request) {
        List<StoredResponse> variants = new ArrayList<>(byKey.getOrDefault(key, List.of()));
        variants.removeIf(each -> each.answers(request));
        set(key, variants);
    }

    /** Forgets all of that key. */
    synchronized void remove(String key) {
        set(key, List.of());
    }

    private void set(String key, List<StoredResponse> variants) {
        List<StoredResponse> before = variants.isEmpty() ? byKey.remove(key) : byKey.put(key, List.copyOf(variants));
        weight += weight(variants) - (before == null ? 0 : weight(before));
    }

    private static long weight(List<StoredResponse> variants) {
        return variants.stream().mapToLong(StoredResponse::weight).sum();
    }

    /** In bytes. */
    synchronized long weight() {
        return weight;
    }
}
