package dev.sidecar.watchdog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why the watchdog acts. */
public enum Cause {
    /** No heartbeat came in time. */
    @JsonProperty("heartbeat")
    HEARTBEAT,
    /** The application asked for it: {@code WATCHDOG=trigger}. */
    @JsonProperty("trigger")
    TRIGGER,
    /** A check of the group {@code live} is DOWN. */
    @JsonProperty("liveness")
    LIVENESS,
    /** Resident memory in bytes. */
    @JsonProperty("memory")
    MEMORY,
    /** Open file descriptors. */
    @JsonProperty("fds")
    FDS,
    /** CPU time by time, in cores. */
    @JsonProperty("cpu")
    CPU,
    /** Share of the heap that is in use after a collection, 0 to 1. Library only. */
    @JsonProperty("heap")
    HEAP,
    /** Share of the time that garbage collection takes, 0 to 1. Library only. */
    @JsonProperty("gc")
    GC,
    /** An event loop or thread pool does not run what it is given. Library only. */
    @JsonProperty("stall")
    STALL,
    /** Threads wait for each other. Library only. */
    @JsonProperty("deadlock")
    DEADLOCK,
    /** A threshold of the monitor is breached. */
    @JsonProperty("threshold")
    THRESHOLD,
    /** The application ended by itself. */
    @JsonProperty("exit")
    EXIT;

    /** As it is in JSON, properties and tags. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
