package dev.sidecar.logging.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where a spool is and how much it may hold.
 *
 * @param root where the spools of all names are; may throw while it cannot be made
 * @param name of the owner
 * @param maxBytes of all its segments
 * @param maxAge of a record
 * @param dropOldest whether the oldest give way when it is full; otherwise the newest are refused
 */
public record SpoolSettings(Supplier<Path> root, String name, long maxBytes, Duration maxAge, boolean dropOldest) {

    private static final long SMALLEST_SEGMENT = 64 << 10;
    private static final long LARGEST_SEGMENT = 16 << 20;

    /** Small enough that giving up a segment is not giving up much. */
    long segmentBytes() {
        return Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, maxBytes / 16));
    }

    /** A segment holds records of so long a time at most, for the same reason. */
    long segmentMs() {
        return Math.max(1, maxAge.toMillis() / 16);
    }
}
