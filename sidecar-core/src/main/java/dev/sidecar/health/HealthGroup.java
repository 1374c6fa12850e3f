package dev.sidecar.health;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The three questions an orchestrator asks. */
public enum HealthGroup {
    /** Should this instance be restarted? */
    @JsonProperty("live")
    LIVE,
    /** May it get traffic? Decides on registration. */
    @JsonProperty("ready")
    READY,
    /** Has it come up? */
    @JsonProperty("startup")
    STARTUP
}
