package dev.sidecar.logging;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sidecar.logging.*}.
 *
 * @param console where records are printed
 * @param file where records are kept; null for nowhere
 * @param redact what is hidden before any sink sees it
 * @param queue between those who log and the sinks
 * @param rateLimit records a second for each source; 0 for no limit
 * @param recent how many of the newest records {@link Logs#recent} can give, at most
 */
public record LoggingOptions(
        Console console, @Nullable RollingFile file, Redaction redact, Queue queue, int rateLimit, int recent) {

    /** How records look on a console. */
    public enum ConsoleFormat {
        /** {@link #PRETTY} on a terminal, {@link #ECS} otherwise. */
        AUTO,
        /** For people. */
        PRETTY,
        /** Elastic Common Schema, one JSON object a line. */
        ECS
    }

    /** What happens to a record that finds the queue full. */
    public enum WhenFull {
        BLOCK,
        DROP_OLDEST,
        DROP_NEWEST
    }

    /** Standard output, and standard error for what came from there. */
    public record Console(boolean enabled, ConsoleFormat format) {}

    /**
     * A file of ECS JSON lines that is rolled at a size.
     *
     * @param maxSizeBytes of one file
     * @param maxFiles kept, the current one included
     */
    public record RollingFile(Path path, long maxSizeBytes, int maxFiles) {}

    /**
     * Added to the defaults, which are always on.
     *
     * @param keys names of attributes whose value is hidden, without regard to case
     * @param patterns regular expressions; what they match in any text is hidden
     */
    public record Redaction(List<String> keys, List<String> patterns) {

        public Redaction {
            keys = List.copyOf(keys);
            patterns = List.copyOf(patterns);
        }
    }

    /** Capacity in records, and the policy when it is spent. */
    public record Queue(int size, WhenFull whenFull) {}

    public static LoggingOptions defaults() {
        return new LoggingOptions(
                new Console(true, ConsoleFormat.AUTO),
                null,
                new Redaction(List.of(), List.of()),
                new Queue(8192, WhenFull.BLOCK),
                0,
                1000);
    }
}
