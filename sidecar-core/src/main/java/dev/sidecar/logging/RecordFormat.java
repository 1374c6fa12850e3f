package dev.sidecar.logging;

import java.io.ByteArrayOutputStream;

/** How a record becomes bytes. Thread-safe. */
interface RecordFormat {

    /** Appends the record, its line end included. */
    void append(LogRecord record, ByteArrayOutputStream out);
}
