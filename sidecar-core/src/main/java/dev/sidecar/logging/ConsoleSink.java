package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.Console;
import dev.sidecar.logging.LoggingOptions.ConsoleFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Standard output; standard error for what came from there and for what the sidecar says itself. One call to the
 * stream for each run of records. Not thread-safe: one worker writes.
 */
final class ConsoleSink {

    private static final Set<String> TO_ERROR = Set.of("stderr", "sidecar");
    private static final int MAX_BUFFER = 1 << 16;

    private record Target(Supplier<PrintStream> stream, RecordFormat format) {}

    private final Target out;
    private final Target error;
    private ByteArrayOutputStream buffer = new ByteArrayOutputStream();

    ConsoleSink(Console options, Supplier<PrintStream> out, Supplier<PrintStream> error) {
        this.out = new Target(out, format(options.format(), Terminal.isStandardOutput()));
        this.error = new Target(error, format(options.format(), Terminal.isStandardError()));
    }

    static RecordFormat format(ConsoleFormat format, boolean terminal) {
        boolean pretty = format == ConsoleFormat.PRETTY || format == ConsoleFormat.AUTO && terminal;
        return pretty ? new PrettyFormat(terminal && Terminal.wantsColour(), ZoneId.systemDefault()) : new EcsFormat();
    }

    /** Returns how many of the records did not get through. */
    int write(List<LogRecord> records) {
        int lost = 0;
        int from = 0;
        for (int i = 0; i < records.size(); i++) {
            Target target = target(records.get(i));
            target.format.append(records.get(i), buffer);
            boolean last = i + 1 == records.size();
            if (last || target(records.get(i + 1)) != target || buffer.size() > MAX_BUFFER) {
                lost += flush(target) ? 0 : i + 1 - from;
                from = i + 1;
            }
        }
        return lost;
    }

    private Target target(LogRecord record) {
        return TO_ERROR.contains(record.source()) ? error : out;
    }

    private boolean flush(Target target) {
        // Looked up each time: an application may replace its standard streams.
        PrintStream stream = target.stream.get();
        stream.write(buffer.toByteArray(), 0, buffer.size());
        buffer = buffer.size() > MAX_BUFFER ? new ByteArrayOutputStream() : buffer;
        buffer.reset();
        return !stream.checkError();
    }
}
