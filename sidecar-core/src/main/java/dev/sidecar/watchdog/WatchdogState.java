package dev.sidecar.watchdog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the watchdog is doing. */
public enum WatchdogState {
    /** Switched off. */
    @JsonProperty("off")
    OFF,
    /** There is no running application to watch, or it is ending. */
    @JsonProperty("idle")
    IDLE,
    /** Nothing is wrong. */
    @JsonProperty("watching")
    WATCHING,
    /** Something is wrong and not yet over. */
    @JsonProperty("tripped")
    TRIPPED
}
