package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.RollingFile;

/** Refuses options that cannot work, in the words of the properties they come from. */
final class LoggingChecks {

    private static final long MIN_FILE = 1 << 10;

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
    }

    private static void require(boolean fine, String property, long value, String range) {
        if (!fine) {
            throw new IllegalArgumentException(property + ": " + value + " is too small; give " + range);
        }
    }
}
