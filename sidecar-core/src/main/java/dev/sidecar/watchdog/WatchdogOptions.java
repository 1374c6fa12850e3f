package dev.sidecar.watchdog;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sidecar.watchdog.*}.
 *
 * @param enabled whether there is a watchdog at all
 * @param heartbeat how long the application may be silent; null demands no heartbeat
 * @param startPeriod how long after its start the first heartbeat may take, where that is more than the heartbeat
 * @param liveness whether a check of the group {@code live} that is DOWN is a cause
 * @param ready whether the application has to say that it is ready before it gets traffic
 * @param ceilings limits by resource
 * @param deadlocks whether deadlocked threads are looked for, in the library
 * @param action what is done
 * @param evidence a command whose output goes to the log, {@code {pid}} stands for the application's process; empty
 *     for none
 */
public record WatchdogOptions(
        boolean enabled,
        @Nullable Duration heartbeat,
        Duration startPeriod,
        boolean liveness,
        boolean ready,
        Map<Cause, Ceiling> ceilings,
        boolean deadlocks,
        WatchdogAction action,
        List<String> evidence) {

    public WatchdogOptions {
        ceilings = ceilings.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(ceilings));
        evidence = List.copyOf(evidence);
        if (heartbeat != null && (heartbeat.isNegative() || heartbeat.isZero())) {
            throw new IllegalArgumentException(
                    "sidecar.watchdog.heartbeat: '" + heartbeat + "' is not allowed; give a duration such as 10s");
        }
    }

    /** Nothing is demanded, so nothing runs. */
    public static WatchdogOptions defaults() {
        return new WatchdogOptions(
                true, null, Duration.ZERO, true, false, Map.of(), false, WatchdogAction.RESTART, List.of());
    }
}
