package dev.sidecar.monitor;

import dev.sidecar.monitor.ThresholdState.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Sees in samples which thresholds became something else. One sample at a time. */
final class ThresholdChanges implements Consumer<MonitorSample> {

    private final Consumer<ThresholdState> listener;
    private final Map<String, Status> told = new HashMap<>();

    ThresholdChanges(Consumer<ThresholdState> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(MonitorSample sample) {
        for (ThresholdState state : sample.thresholds()) {
            Status before = told.put(state.name(), state.status());
            if (before == null ? state.status() == Status.BREACHED : before != state.status()) {
                listener.accept(state);
            }
        }
    }
}
