package dev.sidecar.logging;

import java.time.Instant;
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

    public static final LogQuery LATEST = new LogQuery(100, null, null, null);
}
