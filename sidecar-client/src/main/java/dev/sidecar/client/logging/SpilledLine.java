package dev.sidecar.client.logging;

import dev.sidecar.logging.LogRecord;

/** A record as one line of text. */
final class SpilledLine {

    private SpilledLine() {}

    static String of(LogRecord record) {
        return record.timestamp() + " " + record.severity() + " " + record.scope() + " " + record.body();
    }
}
