package dev.sidecar;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The two ways the core is delivered. */
public enum Delivery {
    /** The engines run inside the application. */
    @JsonProperty("library")
    LIBRARY,
    /** The engines run in a process beside the application. */
    @JsonProperty("sidecar")
    SIDECAR
}
