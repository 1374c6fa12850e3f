package dev.sidecar.logging;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted how many were taken
 * @param rejected how many were not
 * @param errors why, one for each rejected record
 */
public record LogReceipt(int accepted, int rejected, List<LineError> errors) {

    /**
     * Why one record was rejected.
     *
     * @param line its position in the batch, from 1
     */
    public record LineError(int line, String detail) {}

    public LogReceipt {
        errors = List.copyOf(errors);
    }

    public static LogReceipt accepted(int count) {
        return new LogReceipt(count, 0, List.of());
    }
}
