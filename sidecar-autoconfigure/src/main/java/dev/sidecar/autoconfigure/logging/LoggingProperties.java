package dev.sidecar.autoconfigure.logging;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.logging.LoggingOptions.ConsoleFormat;
import dev.sidecar.logging.LoggingOptions.WhenFull;
import dev.sidecar.logging.otlp.OtlpEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code sidecar.logging.*}. In the sidecar delivery the engine is in the sidecar, which has its own; then only
 * {@code enabled} and {@code console.enabled} are of this application.
 *
 * @param enabled Whether the application's log records go through the pipeline.
 * @param console Standard output.
 * @param file A file of JSON lines, rolled at a size.
 * @param otlp A collector that takes OTLP over HTTP.
 * @param spool Where records wait on the disk for the collector.
 * @param redact What is hidden before a record is printed, stored or sent.
 * @param queue Between those who log and the sinks.
 * @param rateLimit Records a second that one source may write; 0 for any number.
 * @param recent How many of the newest records are kept in memory to be asked for.
 */
@ConfigurationProperties("sidecar.logging")
public record LoggingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Console console,
        @DefaultValue File file,
        @DefaultValue Otlp otlp,
        @DefaultValue Spool spool,
        @DefaultValue Redact redact,
        @DefaultValue Queue queue,
        @DefaultValue("0") int rateLimit,
        @DefaultValue("1000") int recent) {

    /**
     * Standard output.
     *
     * @param enabled Whether the pipeline prints records. Without it a Spring application keeps Spring Boot's own console.
     * @param format How records look: for people, in Elastic Common Schema, or by whether it is a terminal.
     */
    public record Console(@DefaultValue("true") boolean enabled, @DefaultValue("auto") ConsoleFormat format) {}

    /**
     * A file of JSON lines.
     *
     * @param path Where the file is. Without it there is none.
     * @param maxSize Size at which a new file is begun.
     * @param maxFiles Number of files kept, the current one included.
     */
    public record File(@Nullable Path path, @DefaultValue("64MB") DataSize maxSize, @DefaultValue("5") int maxFiles) {}

    /**
     * A collector that takes OTLP over HTTP.
     *
     * @param endpoint Where it is, such as http://127.0.0.1:4318 or unix:/path; /v1/logs is appended unless it is there. Without it nothing is sent, and there is no spool.
     * @param headers Headers of each request, such as Authorization.
     * @param timeout Time for one request, the answer included.
     */
    public record Otlp(
            @Nullable String endpoint,
            @DefaultValue Map<String, String> headers,
            @DefaultValue("10s") Duration timeout) {}

    /**
     * Where records wait on the disk for the collector.
     *
     * @param maxSize Size of what waits.
     * @param maxAge Age of what waits; what is older is dropped.
     * @param whenFull What happens to a record that finds it full.
     */
    public record Spool(
            @DefaultValue("1GB") DataSize maxSize,
            @DefaultValue("24h") Duration maxAge,
            @DefaultValue("block") WhenFull whenFull) {}

    /**
     * Added to what is always hidden.
     *
     * @param keys Names of attributes whose value is hidden, without regard to case.
     * @param patterns Regular expressions; what they match in any text is hidden.
     */
    public record Redact(@DefaultValue List<String> keys, @DefaultValue List<String> patterns) {}

    /**
     * Between those who log and the sinks.
     *
     * @param size Number of records it holds.
     * @param whenFull What happens to a record that finds it full.
     */
    public record Queue(@DefaultValue("8192") int size, @DefaultValue("block") WhenFull whenFull) {}

    /**
     * The same for the engine.
     *
     * @throws SidecarException {@code invalid-configuration} that names the property
     */
    public LoggingOptions toOptions() {
        try {
            return options().checked();
        } catch (IllegalArgumentException e) {
            throw new SidecarException(Problem.of(400, "invalid-configuration", String.valueOf(e.getMessage())), e);
        }
    }

    private LoggingOptions options() {
        return new LoggingOptions(
                new LoggingOptions.Console(console.enabled, console.format),
                file.path == null
                        ? null
                        : new LoggingOptions.RollingFile(file.path, file.maxSize.toBytes(), file.maxFiles),
                otlp.endpoint == null || otlp.endpoint.isBlank()
                        ? null
                        : new LoggingOptions.Otlp(OtlpEndpoint.parse(otlp.endpoint), otlp.headers, otlp.timeout),
                new LoggingOptions.Spool(spool.maxSize.toBytes(), spool.maxAge, spool.whenFull),
                new LoggingOptions.Redaction(redact.keys, redact.patterns),
                new LoggingOptions.Queue(queue.size, queue.whenFull),
                rateLimit,
                recent);
    }
}
