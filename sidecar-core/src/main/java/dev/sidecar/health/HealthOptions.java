package dev.sidecar.health;

import java.util.List;

/** {@code sidecar.health.*}: the checks that are there from the start. */
public record HealthOptions(List<CheckDefinition> checks) {

    public HealthOptions {
        checks = List.copyOf(checks);
    }

    /** The same; throws {@code invalid-check} for the first that cannot be defined. Nothing is run. */
    public HealthOptions checked() {
        try (Probes probes = new Probes()) {
            checks.forEach(check -> probes.check(check));
        }
        return this;
    }

    public static HealthOptions defaults() {
        return new HealthOptions(List.of());
    }
}
