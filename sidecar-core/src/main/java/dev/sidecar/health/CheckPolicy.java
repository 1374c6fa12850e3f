package dev.sidecar.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/** What a definition says of any type of check, with defaults filled in and every value in its limits. */
record CheckPolicy(
        String name,
        CheckType type,
        Set<HealthGroup> groups,
        boolean critical,
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        Duration startPeriod) {

    /** Between runs until the first pass, so that a starting application is found soon. */
    private static final Duration EAGER = Duration.ofMillis(250);

    static CheckPolicy of(CheckDefinition definition) {
        CheckRules.check(definition);
        CheckDefinition full = definition.withDefaults();
        return new CheckPolicy(
                full.name(),
                full.type(),
                Set.copyOf(requireNonNull(full.groups())),
                requireNonNull(full.critical()),
                requireNonNull(full.interval()),
                requireNonNull(full.timeout()),
                requireNonNull(full.rise()),
                requireNonNull(full.fall()),
                requireNonNull(full.startPeriod()));
    }

    /** What its failure is. */
    HealthStatus failing() {
        return critical ? HealthStatus.DOWN : HealthStatus.DEGRADED;
    }

    /** From the start of one run to the start of the next. */
    Duration period(boolean passedOnce) {
        return passedOnce || interval.compareTo(EAGER) < 0 ? interval : EAGER;
    }
}
