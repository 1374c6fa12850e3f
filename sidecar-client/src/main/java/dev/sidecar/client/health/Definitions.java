package dev.sidecar.client.health;

import dev.sidecar.health.CheckDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The checks that were defined through this client. Thread-safe. */
final class Definitions {

    private final Map<String, CheckDefinition> byName = new ConcurrentHashMap<>();

    void add(CheckDefinition definition) {
        byName.put(definition.name(), definition);
    }

    void remove(String name) {
        byName.remove(name);
    }

    @Nullable
    CheckDefinition get(String name) {
        return byName.get(name);
    }

    List<CheckDefinition> all() {
        return List.copyOf(byName.values());
    }
}
