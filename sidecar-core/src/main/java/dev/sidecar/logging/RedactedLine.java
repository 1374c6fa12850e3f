package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record as one line of ECS JSON without the usual secrets, for those who must print it where no pipeline runs.
 * Thread-safe.
 */
public final class RedactedLine {

    private final Redactor redactor = new Redactor(new Redaction(List.of(), List.of()));
    private final RecordFormat format = new EcsFormat();

    /** The line, without its end. */
    public String of(LogRecord record) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        format.append(redactor.redact(record), line);
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
