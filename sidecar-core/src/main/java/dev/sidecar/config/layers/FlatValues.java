package dev.sidecar.config.layers;

import dev.sidecar.config.ConfigKeys;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trees of values as keys: the names on the way to a value are joined with dots. Lists stay whole, as one value of
 * their key. Not thread-safe.
 */
final class FlatValues {

    private static final Logger LOG = LoggerFactory.getLogger(FlatValues.class);
    private static final Pattern LAST_INDEX = Pattern.compile("(.*)\\[(\\d{1,4})]");

    private final String place;
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** The place is said in warnings. */
    FlatValues(String place) {
        this.place = place;
    }

    /** Adds a value or a tree; the key is empty for a tree's root. A later value of a key takes the place of earlier ones. */
    void add(String key, Object value) {
        if (value instanceof Map<?, ?> tree) {
            tree.forEach((name, below) -> {
                if (below != null) {
                    add(key.isEmpty() ? String.valueOf(name) : key + "." + name, below);
                }
            });
        } else if (key.isEmpty()) {
            throw new IllegalArgumentException("it holds no names, only a value; write name: value");
        } else {
            values.put(key, value);
        }
    }

    /** All values by key. What was written as {@code hosts[0]}, {@code hosts[1]} is the list {@code hosts}. */
    Map<String, JsonNode> toMap() {
        Map<String, JsonNode> result = new TreeMap<>();
        lists(values).forEach((key, value) -> {
            if (ConfigKeys.isKey(key)) {
                result.put(key, JsonMapper.shared().valueToTree(value));
            } else {
                LOG.warn(
                        "'{}' in {} is left out: a key has letters, digits, '_' or '-' in parts with a '.' between them",
                        key,
                        place);
            }
        });
        return result;
    }

    private static Map<String, Object> lists(Map<String, Object> flat) {
        Map<String, Map<Integer, Object>> lists = new LinkedHashMap<>();
        Map<String, Object> result = new LinkedHashMap<>();
        flat.forEach((key, value) -> {
            Matcher index = LAST_INDEX.matcher(key);
            if (index.matches()) {
                lists.computeIfAbsent(index.group(1), name -> new TreeMap<>())
                        .put(Integer.valueOf(index.group(2)), value);
            } else {
                result.put(key, value);
            }
        });
        lists.forEach((name, items) -> {
            if (items.size() == ((TreeMap<Integer, Object>) items).lastKey() + 1) {
                result.put(name, copy(items.values()));
            } else {
                items.forEach((number, item) -> result.put(name + "[" + number + "]", item));
            }
        });
        return result;
    }

    private static Object copy(Collection<Object> items) {
        return items.stream().toList();
    }
}
