package dev.sidecar.health;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a health question.
 *
 * @param status the worst of the checks, OUT_OF_SERVICE under maintenance, UP where there are no checks
 * @param checks ordered by name
 * @param staleSince since when the sidecar does not answer and this is the last known report; null when fresh
 */
public record HealthReport(
        HealthStatus status, List<CheckState> checks, Maintenance maintenance, @Nullable Instant staleSince) {

    public HealthReport {
        checks = List.copyOf(checks);
    }
}
