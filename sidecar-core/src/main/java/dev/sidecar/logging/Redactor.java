package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.Redaction;
import dev.sidecar.redaction.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets, and makes sure that a record holds nothing but what the model allows: text that is well-formed
 * Unicode, numbers, booleans, and lists and maps of these, not nested without end. Returns the same record where there
 * was nothing to do. Thread-safe.
 */
final class Redactor {

    static final int MAX_DEPTH = 64;

    private final Secrets secrets;
    /** Of attributes that had no secret's, in their order: the next ones have mostly the same. */
    private volatile AttributeKey[] harmlessKeys = {};
    /** A resource that had nothing in it to hide; most records have the same one. */
    private volatile @Nullable Map<?, ?> clean;

    /** Throws {@link IllegalArgumentException} that names the property of a bad key or pattern. */
    Redactor(Redaction options) {
        secrets = new Secrets(options.keys(), options.patterns());
    }

    LogRecord redact(LogRecord record) {
        Object body = value(record.body(), 0);
        Map<String, Object> attributes = map(record.attributes(), 0);
        Map<String, Object> resource = map(record.resource(), 0);
        if (resource == record.resource() && resource != clean) {
            clean = resource;
        }
        if (body == record.body() && attributes == record.attributes() && resource == record.resource()) {
            return record;
        }
        return record.toBuilder()
                .body(body)
                .attributes(attributes)
                .resource(resource)
                .build();
    }

    private @Nullable Object value(@Nullable Object value, int depth) {
        if (value instanceof String string) {
            return secrets.cannotBeIn(string) ? string : secrets.redact(WellFormed.text(string));
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (depth >= MAX_DEPTH) {
            return "[nested too deep]";
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth + 1);
        }
        if (value instanceof Collection<?> items) {
            return list(items, depth + 1);
        }
        return value(WellFormed.textOf(value), depth);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(Map<?, ?> map, int depth) {
        if (map == clean || map instanceof RecordAttributes flat && isClean(flat, depth)) {
            return (Map<String, Object>) map;
        }
        Map<String, Object> changed = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object before = entry.getValue();
            Object after = entry.getKey() instanceof String name && before != null && secrets.isName(name)
                    ? Secrets.REDACTED
                    : value(before, depth);
            if (after != before || !(entry.getKey() instanceof String)) {
                changed = changed == null ? copy(map) : changed;
                changed.put(String.valueOf(entry.getKey()), after);
            }
        }
        return changed == null ? (Map<String, Object>) map : changed;
    }

    private boolean isClean(RecordAttributes attributes, int depth) {
        AttributeKey[] harmless = harmlessKeys;
        for (int i = 0; i < attributes.size(); i++) {
            AttributeKey key = attributes.key(i);
            Object before = attributes.value(i);
            boolean asked = i < harmless.length && harmless[i] == key;
            if (!asked && secrets.isName(key.name()) || value(before, depth) != before) {
                return false;
            }
        }
        if (attributes.size() > harmless.length) {
            harmlessKeys = attributes.keys();
        }
        return true;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private Collection<?> list(Collection<?> items, int depth) {
        List<@Nullable Object> changed = new ArrayList<>(items.size());
        boolean same = items instanceof List;
        for (Object item : items) {
            Object after = value(item, depth);
            same &= after == item;
            changed.add(after);
        }
        return same ? items : changed;
    }
}
