package dev.sidecar.logging;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how many bytes of heap a record holds; bounds on memory are kept with it. */
public final class RecordSize {

    private static final int RECORD = 200;
    private static final int ENTRY = 80;

    private RecordSize() {}

    public static long of(LogRecord record) {
        // The resource is left out: records of one origin share it.
        return RECORD + of(record.body(), 0) + of(record.attributes(), 0);
    }

    /** Of an attribute with this value. */
    static long ofEntry(Object value) {
        return ENTRY + of(value, 1);
    }

    private static long of(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            return 48L + 2L * text.length();
        }
        long size = 32;
        if (depth > Redactor.MAX_DEPTH) {
            return size;
        }
        if (value instanceof RecordAttributes flat) {
            return flat.heldBytes();
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += ENTRY + of(entry.getValue(), depth + 1);
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                size += 8 + of(item, depth + 1);
            }
        }
        return size;
    }
}
