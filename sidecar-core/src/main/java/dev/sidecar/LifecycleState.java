package dev.sidecar;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the pair of sidecar and application is in its life. */
public enum LifecycleState {
    @JsonProperty("starting")
    STARTING,
    @JsonProperty("ready")
    READY,
    @JsonProperty("draining")
    DRAINING,
    @JsonProperty("stopped")
    STOPPED,
    @JsonProperty("failed")
    FAILED
}
