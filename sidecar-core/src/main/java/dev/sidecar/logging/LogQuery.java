package dev.sidecar.logging;

import dev.sidecar.SidecarException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the recent records.
 *
 * @param limit the newest so many, 1 to 1000
 * @param severity this and above; null for all
 * @param since observed at or after; null for all
 * @param text in the body or an attribute's value, without regard to case; null for all
 */
public record LogQuery(int limit, @Nullable Severity severity, @Nullable Instant since, @Nullable String text) {

    public static final int MAX_LIMIT = 1000;

    public static final LogQuery LATEST = new LogQuery(100, null, null, null);

    /** Throws {@link SidecarException} {@code invalid-query}. */
    public LogQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw SidecarException.invalid(
                    "invalid-query", "limit: " + limit + " is not from 1 to " + MAX_LIMIT + "; leave it out for 100");
        }
    }

    /** Whether the record is one of those asked for, the limit aside. */
    public boolean matches(LogRecord record) {
        return (severity == null || record.severity().compareTo(severity) >= 0)
                && (since == null || !record.observedTimestamp().isBefore(since))
                && (text == null || contains(record.body(), text) || contains(record.attributes(), text));
    }

    private static boolean contains(@Nullable Object value, String text) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(item -> contains(item, text));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().anyMatch(item -> contains(item, text));
        }
        return value != null && containsIgnoringCase(value.toString(), text);
    }

    private static boolean containsIgnoringCase(String value, String text) {
        for (int i = 0; i <= value.length() - text.length(); i++) {
            if (value.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
