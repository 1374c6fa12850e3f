package dev.sidecar.server.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of requests of one kind during an experiment. Thread-safe. */
final class Timeline {

    static final int BIN_MILLIS = 250;
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(2);

    /**
     * One request.
     *
     * @param dueMillis since the experiment began
     */
    private record Outcome(long dueMillis, long micros, boolean ok) {}

    private final List<Outcome> outcomes = new ArrayList<>();

    synchronized void add(long dueMillis, long micros, boolean ok) {
        outcomes.add(new Outcome(dueMillis, Math.min(LONGEST, Math.max(0, micros)), ok));
    }

    synchronized long ok() {
        return outcomes.stream().filter(Outcome::ok).count();
    }

    synchronized long failed() {
        return outcomes.size() - ok();
    }

    /** When the last one that failed was due; 0 when none did. */
    synchronized long lastFailureMillis() {
        return outcomes.stream()
                .filter(outcome -> !outcome.ok())
                .mapToLong(Outcome::dueMillis)
                .max()
                .orElse(0);
    }

    /** Milliseconds, over answered requests that were due in between. */
    synchronized double percentile(double percentile, long fromMillis, long untilMillis) {
        Histogram histogram = new Histogram(LONGEST, 3);
        outcomes.stream()
                .filter(outcome ->
                        outcome.ok() && outcome.dueMillis() >= fromMillis && outcome.dueMillis() < untilMillis)
                .forEach(outcome -> histogram.recordValue(outcome.micros()));
        return Json.rounded(histogram.getValueAtPercentile(percentile) / 1e3);
    }

    ObjectNode totals(long faultMillis) {
        ObjectNode node = Json.object();
        node.put("sent", ok() + failed());
        node.put("failed", failed());
        node.put("p99BeforeMs", percentile(99, 0, faultMillis));
        node.put("p50AfterMs", percentile(50, faultMillis, Long.MAX_VALUE));
        node.put("p99AfterMs", percentile(99, faultMillis, Long.MAX_VALUE));
        return node;
    }

    /** The last piece, which is not a whole bin, is left out. */
    synchronized ObjectNode bins(int length) {
        int[] ok = new int[length];
        int[] failed = new int[length];
        for (Outcome outcome : outcomes) {
            int bin = (int) (outcome.dueMillis() / BIN_MILLIS);
            if (bin < length) {
                (outcome.ok() ? ok : failed)[bin]++;
            }
        }
        ObjectNode node = Json.object();
        node.set("ok", numbers(ok));
        node.set("failed", numbers(failed));
        return node;
    }

    private static ArrayNode numbers(int[] values) {
        ArrayNode node = Json.array();
        for (int value : values) {
            node.add(value);
        }
        return node;
    }
}
