package dev.sidecar.server.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An earlier report against a new one: the medians at a stated rate. How sure a change is follows from three things: how
 * far the rounds of each median lie apart; how unsteady the machine was as a whole, because two runs differ at least as
 * much as two rounds; and whether the application alone, which has none of this code, changed too.
 */
final class Baseline {

    /** Of the changes that are called sure, so many may be chance (Benjamini and Hochberg's false discovery rate). */
    private static final double CHANCE = 0.05;

    /** Differences of fewer microseconds are the clock's. */
    private static final double LEAST_US = 1;

    /** Two runs of the same on a quiet machine differ by this part, with code and data laid out anew. */
    private static final double LEAST_DRIFT = 0.03;

    /** Of a report that does not say how unsteady its machine was. */
    private static final double UNKNOWN_DRIFT_PERCENT = 10;

    /** Of what changed in the application alone, no more than this part is taken for the machine's doing. */
    private static final double MOST_OF_CONTROL = 0.2;

    /**
     * One number that changed.
     *
     * @param percent more than before; negative is better
     * @param confidence that it is really larger (or smaller), from 0.5 to 1
     * @param isSure whether that is enough, among so many numbers
     */
    record Change(String what, double before, double after, double percent, double confidence, boolean isSure) {

        private Change sure(boolean enough) {
            return new Change(what, before, after, percent, confidence, enough);
        }
    }

    /** A median and the part of it that its rounds leave open. */
    private record Median(double micros, double error) {

        static Median of(JsonNode paced) {
            double micros = paced.path("p50Us").asDouble();
            return new Median(micros, micros == 0 ? 0 : paced.path("p50ErrorUs").asDouble() / micros);
        }
    }

    private Baseline() {}

    /** All medians that both reports have, largest loss first. */
    static List<Change> compare(JsonNode before, JsonNode after) {
        double drift = Math.hypot(Math.hypot(drift(before), drift(after)), control(before, after));
        List<Change> changes = new ArrayList<>();
        for (JsonNode operation : after.path("operations")) {
            String id = operation.path("id").asString();
            for (Way way : Way.values()) {
                JsonNode now = paced(operation, way);
                JsonNode then = paced(operation(before, id), way);
                if (now.has("p50Us") && then.has("p50Us")) {
                    changes.add(change(id + " " + way.id() + " p50Us", Median.of(then), Median.of(now), drift));
                }
            }
        }
        List<Change> judged = judged(changes);
        judged.sort(Comparator.comparingDouble(Change::percent).reversed());
        return judged;
    }

    private static JsonNode paced(JsonNode operation, Way way) {
        return operation.path("ways").path(way.id()).path("paced");
    }

    private static JsonNode operation(JsonNode report, String id) {
        for (JsonNode operation : report.path("operations")) {
            if (operation.path("id").asString().equals(id)) {
                return operation;
            }
        }
        return report.path("none");
    }

    private static double drift(JsonNode report) {
        return Math.max(LEAST_DRIFT, report.path("noise").path("driftPercent").asDouble(UNKNOWN_DRIFT_PERCENT) / 100);
    }

    private static double control(JsonNode before, JsonNode after) {
        double then = paced(operation(before, "call"), Way.NONE).path("p50Us").asDouble(0);
        double now = paced(operation(after, "call"), Way.NONE).path("p50Us").asDouble(0);
        return then <= 0 || now <= 0 ? 0 : Math.min(MOST_OF_CONTROL, Math.abs(Math.log(now / then)));
    }

    private static Change change(String what, Median before, Median after, double drift) {
        double difference = after.micros() - before.micros();
        if (before.micros() <= 0 || after.micros() <= 0 || Math.abs(difference) < LEAST_US) {
            return new Change(what, before.micros(), after.micros(), percent(before, after), 0.5, false);
        }
        double error = Math.hypot(drift, Math.hypot(before.error(), after.error()));
        double larger = Statistics.normal(Math.log(after.micros() / before.micros()) / error);
        return new Change(
                what, before.micros(), after.micros(), percent(before, after), Math.max(larger, 1 - larger), false);
    }

    private static double percent(Median before, Median after) {
        return before.micros() == 0 ? 0 : 100 * (after.micros() - before.micros()) / before.micros();
    }

    /** The surest first; the last that still is sure for its place makes all before it so. */
    private static List<Change> judged(List<Change> changes) {
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingDouble(Change::confidence).reversed());
        int sure = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (1 - sorted.get(i - 1).confidence() <= CHANCE * i / sorted.size()) {
                sure = i;
            }
        }
        List<Change> judged = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            judged.add(sorted.get(i).sure(i < sure));
        }
        return judged;
    }

    /** Those that got worse by more than so many percent, and surely. */
    static List<Change> worse(List<Change> changes, double percent) {
        return changes.stream()
                .filter(change -> change.percent() > percent && change.isSure())
                .toList();
    }
}
