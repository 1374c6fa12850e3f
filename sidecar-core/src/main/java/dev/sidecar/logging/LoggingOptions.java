package dev.sidecar.logging;

import dev.sidecar.logging.otlp.OtlpEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sidecar.logging.*}.
 *
 * @param console where records are printed
 * @param file where records are kept; null for nowhere
 * @param otlp where records are sent; null for nowhere, and then there is no spool
 * @param spool where records wait on the disk until they were sent
 * @param redact what is hidden before any sink sees it
 * @param queue between those who log and the sinks
 * @param rateLimit records a second for each source; 0 for no limit
 * @param recent how many of the newest records {@link Logs#recent} can give, at most
 */
public record LoggingOptions(
        Console console,
        @Nullable RollingFile file,
        @Nullable Otlp otlp,
        Spool spool,
        Redaction redact,
        Queue queue,
        int rateLimit,
        int recent) {

    /** Without a remote sink. */
    public LoggingOptions(
            Console console, @Nullable RollingFile file, Redaction redact, Queue queue, int rateLimit, int recent) {
        this(console, file, null, Spool.DEFAULTS, redact, queue, rateLimit, recent);
    }

    /** The same with a remote sink, and a spool before it. */
    public LoggingOptions sendingTo(Otlp collector, Spool limits) {
        return new LoggingOptions(console, file, collector, limits, redact, queue, rateLimit, recent);
    }

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
     * A collector that takes OTLP over HTTP.
     *
     * @param headers of each request, a token perhaps
     * @param timeout of one request, the answer included
     */
    public record Otlp(OtlpEndpoint endpoint, Map<String, String> headers, Duration timeout) {

        public Otlp {
            headers = Map.copyOf(headers);
        }

        /** Without the values of headers, which may be secrets. */
        @Override
        public String toString() {
            return "Otlp[endpoint=" + endpoint + ", headers=" + headers.keySet() + ", timeout=" + timeout + "]";
        }
    }

    /**
     * Bounds of the disk spool.
     *
     * @param maxSizeBytes of what waits, over all its files
     * @param maxAge of what waits; what is older is dropped
     * @param whenFull BLOCK refuses batches whose writer waits for an answer, with 429, and holds the rest up for a
     *     few seconds
     */
    public record Spool(long maxSizeBytes, Duration maxAge, WhenFull whenFull) {

        public static final Spool DEFAULTS = new Spool(1L << 30, Duration.ofHours(24), WhenFull.BLOCK);
    }

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

    /** The same; throws {@link IllegalArgumentException} that names the property which is wrong. */
    public LoggingOptions checked() {
        LoggingChecks.check(this);
        return this;
    }

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
