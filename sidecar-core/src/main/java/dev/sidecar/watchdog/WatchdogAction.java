package dev.sidecar.watchdog;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is done when something is wrong: {@code sidecar.watchdog.action}. Each first logs with evidence. Who cannot
 * signal or restart (the library, a sidecar that only attached) makes the instance DOWN in the group {@code live}, so
 * that whoever can restart it does.
 */
public enum WatchdogAction {
    /** Nothing else. */
    @JsonProperty("log")
    LOG,
    /** The instance is DOWN in the groups {@code live} and {@code ready} until it is over. */
    @JsonProperty("health")
    HEALTH,
    /** The application gets the configured signal. */
    @JsonProperty("signal")
    SIGNAL,
    /** The application is ended and started again, with back-off and within the budget. */
    @JsonProperty("restart")
    RESTART,
    /** The application is ended, and the process exits with 69. */
    @JsonProperty("exit")
    EXIT
}
