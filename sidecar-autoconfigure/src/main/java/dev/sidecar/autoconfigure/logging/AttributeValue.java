package dev.sidecar.autoconfigure.logging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log record may hold, made from what an application hands over: text, numbers and truth values stay what they
 * are, lists and maps are copied because the application may change them, anything else becomes its text.
 */
final class AttributeValue {

    private static final int MAX_DEPTH = 8;

    private AttributeValue() {}

    static Object of(Object value) {
        return of(value, 0);
    }

    private static Object of(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (depth >= MAX_DEPTH) {
            return "…";
        }
        if (value instanceof Collection<?> many) {
            List<Object> copy = new ArrayList<>(many.size());
            many.forEach(one -> copy.add(of(one, depth + 1)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(text(key), of(one, depth + 1)));
            return copy;
        }
        if (value instanceof Object[] array) {
            return of(Arrays.asList(array), depth);
        }
        return text(value);
    }

    private static String text(@Nullable Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return "[toString() threw " + e.getClass().getName() + "]";
        }
    }
}
