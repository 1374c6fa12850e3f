package dev.sidecar.health;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check.
 *
 * @param status UNKNOWN until the first result that counts
 * @param output what the last run said, at most 4 KiB; null before it
 * @param lastRunAt when the last run ended; null before it
 * @param durationMs how long it took; null before it, or where nothing is run
 * @param passes in a row
 * @param failures in a row
 * @param since when the status last changed
 */
public record CheckState(
        String name,
        CheckType type,
        HealthStatus status,
        Set<HealthGroup> groups,
        boolean critical,
        @Nullable String output,
        @Nullable Instant lastRunAt,
        @Nullable Long durationMs,
        long passes,
        long failures,
        Instant since) {

    public CheckState {
        groups = Set.copyOf(groups);
    }

    /** What it adds to the status of a group: one that is not critical makes it DEGRADED at worst. */
    HealthStatus weight() {
        return critical || status == HealthStatus.UP ? status : HealthStatus.DEGRADED;
    }
}
