package dev.sidecar.autoconfigure.health;

import dev.sidecar.health.CheckState;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthStatus;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Each check as a component. One that fails makes the application DEGRADED here, not DOWN: a check may well ask this
 * very health page, and would then be the reason of its own failure for ever. What the check found is in its details;
 * whether the instance gets traffic is decided by the ready group.
 */
final class ChecksHealthContributor implements CompositeHealthContributor {

    private final Health health;

    ChecksHealthContributor(Health health) {
        this.health = health;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return health.check(name).map(ChecksHealthContributor::contributor).orElse(null);
    }

    @Override
    public Stream<Entry> stream() {
        return health.report().checks().stream().map(check -> new Entry(check.name(), contributor(check)));
    }

    private static HealthContributor contributor(CheckState check) {
        return (HealthIndicator) () -> describe(check);
    }

    private static org.springframework.boot.health.contributor.Health describe(CheckState check) {
        var builder = org.springframework.boot.health.contributor.Health.status(
                        here(check.status()).name())
                .withDetail("status", check.status().name())
                .withDetail("type", check.type().name())
                .withDetail("since", check.since().toString());
        if (check.output() != null) {
            builder.withDetail("output", check.output());
        }
        return builder.build();
    }

    private static HealthStatus here(HealthStatus status) {
        return status.serves() || status == HealthStatus.UNKNOWN ? status : HealthStatus.DEGRADED;
    }
}
