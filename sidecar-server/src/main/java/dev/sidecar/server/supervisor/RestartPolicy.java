package dev.sidecar.server.supervisor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an application that ended is started again: {@code sidecar.app.restart}. */
public enum RestartPolicy {
    /** Its end is ours, with its exit code. */
    @JsonProperty("never")
    NEVER,
    /** Unless it ended with 0. */
    @JsonProperty("on-failure")
    ON_FAILURE,
    /** However it ended. */
    @JsonProperty("always")
    ALWAYS;

    boolean applies(int exitCode) {
        return this == ALWAYS || (this == ON_FAILURE && exitCode != 0);
    }
}
