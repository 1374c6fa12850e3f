package dev.sidecar.server.logging;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What both encodings of OTLP have in common. */
final class OtlpValues {

    /** The scope's attribute by which our own client says what a record came in by. */
    static final String SOURCE = "sidecar.source";

    private static final long NANOS = 1_000_000_000L;

    private OtlpValues() {}

    /** An unsigned number of nanoseconds since 1970; null for 0, which means unknown. */
    static @Nullable Instant time(long unixNano) {
        return unixNano == 0
                ? null
                : Instant.ofEpochSecond(Long.divideUnsigned(unixNano, NANOS), Long.remainderUnsigned(unixNano, NANOS));
    }

    /** Sets times; unknown ones are taken from the other, or are now. */
    static void times(LogRecord.Builder record, @Nullable Instant timestamp, @Nullable Instant observed) {
        if (timestamp != null) {
            record.timestamp(timestamp);
        }
        if (observed != null) {
            record.observedTimestamp(observed);
        }
    }

    /** A number out of range counts as none; without a number the text may say it. */
    static void severity(LogRecord.Builder record, int number, @Nullable String text) {
        Severity said = text == null ? null : Severity.ofWord(text);
        if (number >= 1 && number <= 24) {
            record.severityNumber(number);
        } else {
            record.severity(said == null ? Severity.UNSPECIFIED : said);
        }
        record.severityText(text);
    }

    static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static String source(@Nullable Object source) {
        return source instanceof String name && name.matches("[a-z][a-z0-9._-]{0,31}") ? name : "api";
    }
}
