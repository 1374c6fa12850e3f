package dev.sidecar.monitor;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import java.util.function.Consumer;

/** What host, container, application and sidecar use. Implementations are thread-safe. */
public interface Monitor {

    /** The code of the refusal when {@code sidecar.monitor.enabled} is false; status 404. */
    String DISABLED = "monitor-disabled";

    /**
     * A sample that is at most a second old.
     *
     * @throws SidecarUnavailableException when the sidecar beside this process never answered; later its last sample
     *     is given, whose {@link MonitorSample#sampledAt()} tells its age
     * @throws dev.sidecar.SidecarException {@link #DISABLED}
     */
    MonitorSample sample();

    /**
     * Hands on every periodic sample, one at a time; a slow listener misses samples and delays nobody. Without an
     * enabled monitor nothing ever arrives.
     */
    Subscription watch(Consumer<MonitorSample> listener);

    /** Hands on a threshold's state whenever it becomes another, beginning with those that are breached now. */
    default Subscription watchThresholds(Consumer<ThresholdState> listener) {
        return watch(new ThresholdChanges(listener));
    }
}
