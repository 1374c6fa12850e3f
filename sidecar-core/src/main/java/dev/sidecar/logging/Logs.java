package dev.sidecar.logging;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Write log records and read the recent ones. Thread-safe. */
public interface Logs {

    /** Writes a record and forgets it: never throws, never waits beyond the stated policy of the queue. */
    void log(LogRecord record);

    /**
     * Writes records and returns once they are where they will survive this process: in the file sink, where
     * there is one.
     *
     * @throws SidecarException {@code log-sink-unavailable}; then none of them is acknowledged
     */
    LogReceipt write(List<LogRecord> records);

    /** Recent records, newest last. */
    default List<LogRecord> recent(LogQuery query) {
        return page(query, null).records();
    }

    /**
     * Recent records, newest last.
     *
     * @param cursor of the page after the one asked for; null for the newest
     * @throws SidecarException {@code invalid-query} when the cursor is none
     */
    LogPage page(LogQuery query, @Nullable String cursor);

    /** Calls the listener with each record that matches, from now on, one call at a time. */
    Subscription follow(LogQuery query, Consumer<LogRecord> listener);

    /** Waits until everything logged so far is with the sinks; returns whether that was in time. */
    boolean flush(Duration timeout);
}
