package dev.sidecar.health;

/** A state of health, worst first, so that the smallest ordinal of several is the state of all. */
public enum HealthStatus {
    /** A critical check fails. */
    DOWN,
    /** Taken out of traffic by an operator. */
    OUT_OF_SERVICE,
    /** Nothing is known yet. */
    UNKNOWN,
    /** Working, with something lost: a check that is not critical fails, or a fallback is in use. */
    DEGRADED,
    UP;

    /** Whether traffic may come: UP and DEGRADED. */
    public boolean serves() {
        return this == UP || this == DEGRADED;
    }

    public HealthStatus worse(HealthStatus other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
