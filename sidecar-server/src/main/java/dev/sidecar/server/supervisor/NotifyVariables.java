package dev.sidecar.server.supervisor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells an application built for systemd where to speak: {@code NOTIFY_SOCKET}, and {@code WATCHDOG_USEC} where a
 * heartbeat is demanded (sd_watchdog_enabled(3)).
 */
final class NotifyVariables {

    static final String SOCKET = "NOTIFY_SOCKET";
    static final String USEC = "WATCHDOG_USEC";
    static final String PID = "WATCHDOG_PID";

    private NotifyVariables() {}

    static Map<String, String> of(String address, @Nullable Duration heartbeat) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put(SOCKET, address);
        if (heartbeat != null) {
            given.put(USEC, Long.toString(Math.max(1, heartbeat.toNanos() / 1_000)));
        }
        return given;
    }

    /**
     * Takes away what a systemd above us set for this very process: with another number in {@code WATCHDOG_PID} an
     * application takes the variables for somebody else's. What the user set for the application stays.
     */
    static void withoutOurs(Map<String, String> environment) {
        if (Long.toString(ProcessHandle.current().pid()).equals(environment.get(PID))) {
            environment.remove(PID);
            environment.remove(USEC);
        }
    }
}
