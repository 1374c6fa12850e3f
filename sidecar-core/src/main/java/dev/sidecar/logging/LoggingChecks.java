package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.RollingFile;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses options that cannot work, in the words of the properties they come from. */
final class LoggingChecks {

    private static final long MIN_FILE = 1 << 10;
    private static final long MIN_SPOOL = 1 << 20;
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "upgrade");

    private LoggingChecks() {}

    static void check(LoggingOptions options) {
        require(
                options.queue().size() >= 1,
                "sidecar.logging.queue.size",
                options.queue().size(),
                "1 or more");
        require(options.rateLimit() >= 0, "sidecar.logging.rate-limit", options.rateLimit(), "0 for no limit, or more");
        require(options.recent() >= 0, "sidecar.logging.recent", options.recent(), "0 for none, or more");
        RollingFile file = options.file();
        if (file != null) {
            require(
                    file.maxSizeBytes() >= MIN_FILE,
                    "sidecar.logging.file.max-size",
                    file.maxSizeBytes(),
                    "1KB or more");
            require(file.maxFiles() >= 1, "sidecar.logging.file.max-files", file.maxFiles(), "1 or more");
        }
        checkSpool(options.spool());
        checkSending(options.otlp());
        new Redactor(options.redact());
    }

    private static void checkSpool(LoggingOptions.Spool spool) {
        require(
                spool.maxSizeBytes() >= MIN_SPOOL,
                "sidecar.logging.spool.max-size",
                spool.maxSizeBytes(),
                "1MB or more");
        require(
                spool.maxAge().toSeconds() >= 1,
                "sidecar.logging.spool.max-age",
                spool.maxAge().toMillis(),
                "1s or more");
    }

    private static void checkSending(LoggingOptions.@Nullable Otlp otlp) {
        if (otlp == null) {
            return;
        }
        require(
                otlp.timeout().toMillis() >= 1,
                "sidecar.logging.otlp.timeout",
                otlp.timeout().toMillis(),
                "1ms or more");
        otlp.headers().forEach(LoggingChecks::checkHeader);
    }

    private static void checkHeader(String name, String value) {
        boolean fine = name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                && value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f)
                && !OURS.contains(name.toLowerCase(Locale.ROOT));
        if (!fine) {
            // Without the value: it may be a secret.
            throw new IllegalArgumentException("sidecar.logging.otlp.headers: '" + name
                    + "' cannot be sent; give names and values of visible ASCII, and leave the framing of HTTP to us");
        }
    }

    private static void require(boolean fine, String property, long value, String range) {
        if (!fine) {
            throw new IllegalArgumentException(property + ": " + value + " is too small; give " + range);
        }
    }
}
