package dev.sidecar.config.render;

import dev.sidecar.config.ConfigEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Keys with dots as objects in objects. */
final class KeyTree {

    private KeyTree() {}

    /** Where a key is both a value and the beginning of others, the others keep their dots. */
    static Map<String, Object> of(List<ConfigEntry> entries) {
        Map<String, Object> root = new TreeMap<>();
        entries.stream()
                .sorted(java.util.Comparator.comparing(ConfigEntry::key))
                .forEach(
                        entry -> add(root, entry.key(), JsonMapper.shared().convertValue(entry.value(), Object.class)));
        return root;
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> tree, String key, Object value) {
        int dot = key.indexOf('.');
        String word = dot < 0 ? key : key.substring(0, dot);
        Object there = tree.get(word);
        if (dot < 0) {
            if (there instanceof Map<?, ?> && value instanceof Map<?, ?> more) {
                more.forEach((name, below) -> add((Map<String, Object>) there, String.valueOf(name), below));
            } else {
                tree.put(key, value instanceof Map<?, ?> map ? new TreeMap<>((Map<String, Object>) map) : value);
            }
        } else if (there == null || there instanceof Map<?, ?>) {
            Map<String, Object> below = there == null ? new TreeMap<>() : (Map<String, Object>) there;
            tree.put(word, below);
            add(below, key.substring(dot + 1), value);
        } else {
            tree.put(key, value);
        }
    }
}
