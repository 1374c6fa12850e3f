package dev.sidecar.autoconfigure.logging;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace a record belongs to, under any of the names that tracers give it in the MDC. A value that is not an id
 * stays an attribute.
 */
record TraceIds(@Nullable String traceId, @Nullable String spanId) {

    /** Splits the MDC: ids are returned, all else goes to the attributes. */
    static TraceIds takeFrom(Map<String, String> mdc, Map<String, Object> attributes) {
        String traceId = null;
        String spanId = null;
        for (Map.Entry<String, String> entry : mdc.entrySet()) {
            String value = entry.getValue();
            if (entry.getKey() == null || value == null) {
                continue;
            }
            String id =
                    switch (entry.getKey()) {
                        case "traceId", "trace_id", "trace.id" -> hex(value, 32);
                        case "spanId", "span_id", "span.id" -> hex(value, 16);
                        default -> null;
                    };
            if (id == null) {
                attributes.put(entry.getKey(), value);
            } else if (id.length() == 32) {
                traceId = id;
            } else {
                spanId = id;
            }
        }
        return new TraceIds(traceId, spanId);
    }

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}");

    /** Old tracers use 64-bit trace ids, which are padded as W3C Trace Context has it. */
    private static @Nullable String hex(String value, int digits) {
        if (!HEX.matcher(value).matches() || value.length() > digits) {
            return null;
        }
        return "0".repeat(digits - value.length()) + value.toLowerCase(Locale.ROOT);
    }
}
