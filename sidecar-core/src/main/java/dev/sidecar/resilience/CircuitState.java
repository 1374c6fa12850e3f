package dev.sidecar.resilience;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Of a circuit breaker. */
public enum CircuitState {
    /** Calls go through. */
    CLOSED,
    /** A few calls go through to see how it is. */
    HALF_OPEN,
    /** No call goes through. */
    OPEN;

    /** Kebab-case. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
