package dev.sidecar;

import dev.sidecar.monitor.ThresholdState;
import dev.sidecar.monitor.ThresholdState.Status;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.LocalWatchdog;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Puts the monitor's thresholds among the watchdog's events. Told one state at a time. */
final class ThresholdEvents implements Consumer<ThresholdState> {

    private final LocalWatchdog watchdog;
    private final Set<String> breached = new HashSet<>();

    ThresholdEvents(LocalWatchdog watchdog) {
        this.watchdog = watchdog;
    }

    @Override
    public void accept(ThresholdState state) {
        boolean over = state.status() != Status.BREACHED;
        if (over ? breached.remove(state.name()) : breached.add(state.name())) {
            watchdog.note(Cause.THRESHOLD, over, state.describe());
        }
    }
}
