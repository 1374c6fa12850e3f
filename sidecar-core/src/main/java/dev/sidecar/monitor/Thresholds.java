package dev.sidecar.monitor;

import dev.sidecar.monitor.ThresholdState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges samples by the thresholds and puts every change into the log. One sample at a time. */
final class Thresholds {

    private static final Logger LOG = LoggerFactory.getLogger(Thresholds.class);

    private final Map<String, Judged> judged = new HashMap<>();
    private final List<Threshold> thresholds;

    private record Judged(ThresholdState state, @Nullable Instant beyondSince) {}

    Thresholds(List<Threshold> thresholds) {
        this.thresholds = List.copyOf(thresholds);
    }

    List<ThresholdState> judge(MonitorSample sample) {
        List<ThresholdState> states = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            Judged before = judged.get(threshold.name());
            Judged now = judge(threshold, before, threshold.metric().value(sample), sample.sampledAt());
            judged.put(threshold.name(), now);
            states.add(now.state());
            report(before == null ? Status.OK : before.state().status(), now.state());
        }
        return states;
    }

    private static Judged judge(Threshold threshold, @Nullable Judged before, @Nullable Double value, Instant at) {
        boolean beyond = value != null && threshold.isBeyond(value);
        Instant earlier = before == null ? null : before.beyondSince();
        Instant beyondSince = !beyond ? null : earlier == null ? at : earlier;
        boolean longEnough =
                beyondSince != null && Duration.between(beyondSince, at).compareTo(threshold.duration()) >= 0;
        Status status = value == null ? Status.UNKNOWN : longEnough ? Status.BREACHED : Status.OK;
        Instant since = before == null || before.state().status() != status
                ? at
                : before.state().since();
        return new Judged(
                new ThresholdState(
                        threshold.name(),
                        threshold.metric().name(),
                        threshold.above(),
                        threshold.below(),
                        threshold.duration(),
                        status,
                        value,
                        since),
                beyondSince);
    }

    private static void report(Status before, ThresholdState now) {
        if (before == now.status()) {
            return;
        }
        if (now.status() == Status.BREACHED) {
            LOG.atWarn()
                    .addKeyValue("sidecar.threshold.name", now.name())
                    .addKeyValue("sidecar.threshold.metric", now.metric())
                    .addKeyValue("sidecar.threshold.value", now.value())
                    .log(now.describe());
        } else if (before == Status.BREACHED) {
            LOG.atInfo()
                    .addKeyValue("sidecar.threshold.name", now.name())
                    .addKeyValue("sidecar.threshold.metric", now.metric())
                    .log(now.describe());
        }
    }
}
