package dev.sidecar.resilience;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header field of RFC 9110, 10.2.3: seconds, or a date. */
final class RetryAfter {

    private RetryAfter() {}

    /** Nanoseconds from now; 0 without the field, or with one that says nothing. */
    static long nanos(@Nullable String value, Instant now) {
        if (value == null || value.isBlank()) {
            return 0;
        }
        String text = value.trim();
        try {
            if (Character.isDigit(text.charAt(0))) {
                return Duration.ofSeconds(Math.min(Long.parseLong(text), 1_000_000))
                        .toNanos();
            }
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            long millis = Math.min(Duration.between(now, date).toMillis(), 1_000_000_000L);
            return Math.max(0, millis) * 1_000_000;
        } catch (RuntimeException e) {
            return 0;
        }
    }
}
