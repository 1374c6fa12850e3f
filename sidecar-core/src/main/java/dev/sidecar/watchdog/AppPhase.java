package dev.sidecar.watchdog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an application says it is, by {@code READY=1}, {@code RELOADING=1} and {@code STOPPING=1} (sd_notify(3)). */
public enum AppPhase {
    /** It said nothing. */
    @JsonProperty("unknown")
    UNKNOWN,
    @JsonProperty("ready")
    READY,
    @JsonProperty("reloading")
    RELOADING,
    @JsonProperty("stopping")
    STOPPING
}
