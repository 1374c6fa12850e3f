package dev.sidecar.server.logging;

import dev.sidecar.SidecarException;
import dev.sidecar.json.DurationText;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.Severity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET /v1/logs}. All refusals have the code {@code invalid-query}. */
final class LogQueries {

    private LogQueries() {}

    static LogQuery of(
            @Nullable String limit, @Nullable String severity, @Nullable String since, @Nullable String text) {
        return new LogQuery(
                limit(limit), severity(severity), since(since), text == null || text.isEmpty() ? null : text);
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return LogQuery.LATEST.limit();
        }
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw invalid("limit", limit, "write a number of 1 to " + LogQuery.MAX_LIMIT);
        }
    }

    private static @Nullable Severity severity(@Nullable String severity) {
        if (severity == null) {
            return null;
        }
        Severity known = Severity.ofWord(severity);
        if (known == null) {
            throw invalid("severity", severity, "write TRACE, DEBUG, INFO, WARN, ERROR or FATAL");
        }
        return known;
    }

    private static @Nullable Instant since(@Nullable String since) {
        if (since == null) {
            return null;
        }
        // A plus sign that was not escaped comes as a space.
        Instant time = Timestamps.of(since.length() > 20 ? since.replace(' ', '+') : since);
        if (time != null) {
            return time;
        }
        try {
            Duration age = DurationText.parse(since);
            if (age.isNegative()) {
                throw new IllegalArgumentException("in the future");
            }
            return Instant.now().minus(age);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw invalid("since", since, "write a time such as 2026-01-31T12:00:00Z, or a duration such as 5m");
        }
    }

    private static SidecarException invalid(String parameter, String value, String fix) {
        return SidecarException.invalid(
                "invalid-query", parameter + ": '" + PlainValues.abbreviated(value) + "' is not understood; " + fix);
    }
}
