package dev.sidecar.logging;

import dev.sidecar.LocalContext;
import dev.sidecar.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The pipeline in this process. */
public final class LocalLogs implements Logs, AutoCloseable {
    private LocalLogs() {}

    public static LocalLogs start(LocalContext context, LoggingOptions options) {
        return new LocalLogs();
    }

    @Override
    public void log(LogRecord record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogReceipt write(List<LogRecord> records) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LogRecord> recent(LogQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription follow(LogQuery query, Consumer<LogRecord> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean flush(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
