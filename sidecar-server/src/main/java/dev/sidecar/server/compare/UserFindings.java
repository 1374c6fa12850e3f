package dev.sidecar.server.compare;

import dev.sidecar.server.compare.Measured.Moment;
import dev.sidecar.server.compare.probe.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What was seen of the user's application in one delivery, over all rounds. For one thread. */
final class UserFindings {

    private final List<Double> ready = new ArrayList<>();
    private final Map<String, Cell> requests = new LinkedHashMap<>();
    private @Nullable Moment idle;
    private @Nullable Moment loaded;
    private long calls;
    private long appNanos;
    private long sidecarNanos;

    void ready(double millis) {
        ready.add(millis);
    }

    void idle(Moment moment) {
        idle = moment;
    }

    void loaded(Moment moment) {
        loaded = moment;
    }

    void round(Map<String, Slice> slices, long appCpuNanos, long sidecarCpuNanos) {
        slices.forEach((title, slice) -> {
            requests.computeIfAbsent(title, key -> new Cell()).addPaced(slice);
            calls += slice.count();
        });
        appNanos += appCpuNanos;
        sidecarNanos += sidecarCpuNanos;
    }

    ObjectNode describe() {
        ObjectNode node = Json.object();
        node.set("readyMs", Json.median(ready));
        node.set("memory", Findings.memory(idle, loaded));
        node.put("appCpuUs", Json.rounded(appNanos / 1e3 / calls));
        node.put("sidecarCpuUs", Json.rounded(sidecarNanos / 1e3 / calls));
        var all = node.putArray("requests");
        requests.forEach((title, cell) -> {
            ObjectNode one = all.addObject();
            one.put("request", title);
            one.setAll(Json.latency(cell.paced(), cell.medians()));
            one.put("failed", cell.errors());
        });
        return node;
    }
}
