package dev.sidecar.watchdog;

import dev.sidecar.SidecarException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the watchdog that the application is alive, and asks it what it has seen. Thread-safe.
 *
 * <p>In the sidecar it watches the application's process tree from outside; in the library it watches this process
 * from inside, with the limits that {@code docs/watchdog.md} states.
 */
public interface Watchdog {

    /** As things are now. */
    WatchdogReport report();

    /**
     * I am alive: the next word is due a heartbeat's timeout from now. Counted also where none is demanded.
     *
     * @param status what the application says it is doing, in a few words; null leaves what it said before
     * @return the report after it
     * @throws SidecarException {@code watchdog-disabled} where {@code sidecar.watchdog.enabled} is false,
     *     {@code invalid-heartbeat} where the status is longer than 1024 characters
     */
    WatchdogReport heartbeat(@Nullable String status);

    /** {@link #heartbeat(String)} without words. */
    default WatchdogReport heartbeat() {
        return heartbeat(null);
    }
}
