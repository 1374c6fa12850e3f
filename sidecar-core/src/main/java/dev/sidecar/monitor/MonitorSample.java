package dev.sidecar.monitor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What everything used at one moment. A number that could not be read is null: unknown, not zero.
 *
 * @param sampledAt when it was taken
 * @param intervalMs between periodic samples
 * @param host the machine, or what of it can be seen from here
 * @param container the control group the application is in; null where there is none
 * @param app the application's process and all below it; null while none runs or only its port is known
 * @param sidecar the process that took this sample; in the library that is the application's own
 * @param cost of the monitor itself
 * @param thresholds all that are configured, by name
 * @param unknown what could not be read in time, in words such as {@code file system /mnt/backup: no answer}
 */
public record MonitorSample(
        Instant sampledAt,
        long intervalMs,
        HostSample host,
        @Nullable ContainerSample container,
        @Nullable ProcessTreeSample app,
        ProcessSample sidecar,
        MonitorCost cost,
        List<ThresholdState> thresholds,
        List<String> unknown) {

    public MonitorSample {
        thresholds = List.copyOf(thresholds);
        unknown = List.copyOf(unknown);
    }

    MonitorSample with(List<ThresholdState> judged) {
        return new MonitorSample(sampledAt, intervalMs, host, container, app, sidecar, cost, judged, unknown);
    }
}
