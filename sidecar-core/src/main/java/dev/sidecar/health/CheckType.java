package dev.sidecar.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a check finds out. */
public enum CheckType {
    /** GET {@code url}: 2xx and 3xx pass, or just the {@code expectedStatus}. */
    @JsonProperty("http")
    HTTP,
    /** Connect to {@code address}. */
    @JsonProperty("tcp")
    TCP,
    /** Run {@code command}: exit 0 passes. */
    @JsonProperty("exec")
    EXEC,
    /** Ask {@code address} by the standard gRPC health protocol about {@code service}. */
    @JsonProperty("grpc")
    GRPC,
    /** The application says so itself, at least every {@code ttl}. */
    @JsonProperty("ttl")
    TTL,
    /** The process {@code pid} is alive and not a zombie. */
    @JsonProperty("process")
    PROCESS;

    /** As it is written on the wire and in configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
