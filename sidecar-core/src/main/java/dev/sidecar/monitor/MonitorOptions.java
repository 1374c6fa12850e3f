package dev.sidecar.monitor;

import dev.sidecar.json.DurationText;
import java.time.Duration;
import java.util.List;

/**
 * {@code sidecar.monitor.*}.
 *
 * @param enabled without it there is no thread and no meter
 * @param interval between samples, from 1s to 1h
 */
public record MonitorOptions(boolean enabled, Duration interval, List<Threshold> thresholds) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public MonitorOptions {
        thresholds = List.copyOf(thresholds);
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("sidecar.monitor.interval: '" + DurationText.format(interval)
                    + "' is not allowed; give a duration from 1s to 1h, such as 10s");
        }
    }

    public static MonitorOptions defaults() {
        return new MonitorOptions(true, Duration.ofSeconds(10), List.of());
    }
}
