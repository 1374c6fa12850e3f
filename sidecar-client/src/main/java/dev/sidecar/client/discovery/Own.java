package dev.sidecar.client.discovery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** What was registered through this client. Thread-safe. */
final class Own {

    private record Key(String service, String instance) {}

    private final Set<Key> keys = ConcurrentHashMap.newKeySet();

    void add(String service, String instance) {
        keys.add(new Key(service, instance));
    }

    void remove(String service, String instance) {
        keys.remove(new Key(service, instance));
    }

    void each(BiConsumer<String, String> action) {
        keys.forEach(key -> action.accept(key.service, key.instance));
    }
}
