package dev.sidecar.logging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the recent records.
 *
 * @param records newest last
 * @param cursor to ask for those before them; null when there are none
 */
public record LogPage(List<LogRecord> records, @Nullable String cursor) {

    public LogPage {
        records = List.copyOf(records);
    }
}
