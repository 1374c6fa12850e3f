package dev.sidecar.server.compare;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An earlier report against a new one. Medians at a stated rate are compared, with the error that the spread of their
 * rounds leaves, and memory and starts by their size.
 */
final class Baseline {

    /** Below this, a difference is said to be none. */
    private static final double SURE = 0.95;

    /** Differences of fewer microseconds are the clock's. */
    private static final double LEAST_US = 1;

    /**
     * One number that changed.
     *
     * @param percent more than before; negative is better
     * @param confidence that it is really larger (or smaller), from 0.5 to 1
     */
    record Change(String what, double before, double after, double percent, double confidence) {

        boolean isSure() {
            return confidence >= SURE;
        }
    }

    private Baseline() {}

    /** All medians that both reports have, largest loss first. */
    static List<Change> compare(JsonNode before, JsonNode after) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode operation : after.path("operations")) {
            String id = operation.path("id").asString();
            JsonNode old = operation(before, id);
            for (Way way : Way.values()) {
                JsonNode now = operation.path("ways").path(way.id()).path("paced");
                JsonNode then = old.path("ways").path(way.id()).path("paced");
                if (now.has("p50Us") && then.has("p50Us")) {
                    changes.add(latency(id + " " + way.id() + " p50Us", then, now));
                }
            }
        }
        changes.sort((a, b) -> Double.compare(b.percent(), a.percent()));
        return changes;
    }

    private static JsonNode operation(JsonNode report, String id) {
        for (JsonNode operation : report.path("operations")) {
            if (operation.path("id").asString().equals(id)) {
                return operation;
            }
        }
        return report.path("none");
    }

    private static Change latency(String what, JsonNode then, JsonNode now) {
        double before = then.path("p50Us").asDouble();
        double after = now.path("p50Us").asDouble();
        double larger = Statistics.confidenceThatLarger(
                before,
                then.path("p50ErrorUs").asDouble(),
                after,
                now.path("p50ErrorUs").asDouble());
        boolean tiny = Math.abs(after - before) < LEAST_US;
        double confidence = tiny ? 0.5 : Math.max(larger, 1 - larger);
        return new Change(what, before, after, before == 0 ? 0 : 100 * (after - before) / before, confidence);
    }

    /** Those that got worse by more than so many percent, and surely. */
    static List<Change> worse(List<Change> changes, double percent) {
        return changes.stream()
                .filter(change -> change.percent() > percent && change.isSure())
                .toList();
    }
}
