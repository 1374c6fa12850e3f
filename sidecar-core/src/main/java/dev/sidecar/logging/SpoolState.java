package dev.sidecar.logging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The disk spool before a remote sink, as it is now.
 *
 * @param status whether it takes records
 * @param endpoint where they are sent
 * @param sizeBytes waiting to be sent
 * @param records waiting to be sent, as far as they were counted
 * @param oldestAgeMs how long the oldest has waited; 0 when none does
 * @param delivered records that the collector took since the start
 * @param dropped records that it will not get, by reason, since the start
 * @param damagedSegments found and set aside since the start
 * @param lastError why it takes no records; while it does, what went wrong last, of disk or collector
 * @param lastErrorAt since when; while it takes records, when that was
 */
public record SpoolState(
        Status status,
        String endpoint,
        long sizeBytes,
        long records,
        long oldestAgeMs,
        long delivered,
        Map<String, Long> dropped,
        long damagedSegments,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt) {

    /** Whether the spool takes records. */
    public enum Status {
        OK,
        /** It holds all it may. */
        FULL,
        /** The disk is full, read-only, or broken. */
        UNWRITABLE
    }
}
