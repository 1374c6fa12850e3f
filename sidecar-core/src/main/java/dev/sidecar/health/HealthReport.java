package dev.sidecar.health;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a health question.
 *
 * @param status the worst of the checks, where one that is not critical counts as DEGRADED at worst; UP where there
 *     are none; OUT_OF_SERVICE under maintenance, whatever the checks say, unless the question is live or startup
 * @param checks ordered by name
 * @param staleSince since when the sidecar does not answer and this is the last known report; null when fresh
 */
public record HealthReport(
        HealthStatus status, List<CheckState> checks, Maintenance maintenance, @Nullable Instant staleSince) {

    public HealthReport {
        checks = List.copyOf(checks);
    }
}
