package dev.sidecar.server.edge.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where a proxy is in its cycle: watch, render, candidate, validated, applied, confirmed; or why not. */
public enum EdgeState {
    /** Nothing to apply yet. */
    @JsonProperty("watching")
    WATCHING,
    /** Rendered and not yet checked. */
    @JsonProperty("candidate")
    CANDIDATE,
    /** The proxy's own check has passed it. */
    @JsonProperty("validated")
    VALIDATED,
    /** In its place and told to the proxy, which has not been seen to serve it. */
    @JsonProperty("applied")
    APPLIED,
    /** Serving. */
    @JsonProperty("confirmed")
    CONFIRMED,
    /** A guard keeps the last known servers. */
    @JsonProperty("held")
    HELD,
    /** Not put in its place; the last good one serves. */
    @JsonProperty("rejected")
    REJECTED,
    /** Put back to the last good one. */
    @JsonProperty("rolled-back")
    ROLLED_BACK,
    /** To be tried again. */
    @JsonProperty("pending")
    PENDING,
    /** An operator went back to an earlier one; changes wait for {@code apply}. */
    @JsonProperty("pinned")
    PINNED;

    /** As on the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
