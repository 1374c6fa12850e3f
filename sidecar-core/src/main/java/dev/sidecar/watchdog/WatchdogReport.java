package dev.sidecar.watchdog;

import java.util.List;

/**
 * The answer of {@code GET /v1/watchdog}.
 *
 * @param state what the watchdog is doing
 * @param action what it does when something is wrong
 * @param restarts how often the application was started again since this process started, whatever the reason
 * @param app what the application says of itself
 * @param heartbeat its heartbeats
 * @param ceilings the configured limits, in the order of {@link Cause}
 * @param events the last 100, oldest first
 */
public record WatchdogReport(
        WatchdogState state,
        WatchdogAction action,
        long restarts,
        AppReport app,
        HeartbeatReport heartbeat,
        List<CeilingReport> ceilings,
        List<WatchdogEvent> events) {

    public WatchdogReport {
        ceilings = List.copyOf(ceilings);
        events = List.copyOf(events);
    }
}
