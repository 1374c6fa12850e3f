package dev.sidecar.health;

import java.util.List;

/** {@code sidecar.health.*}: the checks that are there from the start. */
public record HealthOptions(List<CheckDefinition> checks) {

    public HealthOptions {
        checks = List.copyOf(checks);
    }

    public static HealthOptions defaults() {
        return new HealthOptions(List.of());
    }
}
