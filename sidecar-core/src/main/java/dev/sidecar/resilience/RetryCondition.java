package dev.sidecar.resilience;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a try may fail of to be tried again; statuses are listed beside it. */
public enum RetryCondition {
    /** No connection: refused, unreachable or not in time. */
    CONNECT,
    /** The connection ended before the head of the answer. */
    RESET,
    /** No head of an answer within the time of the try. */
    TIMEOUT;

    /** As in a configuration file. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
