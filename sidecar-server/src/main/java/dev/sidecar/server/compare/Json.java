package dev.sidecar.server.compare;

import dev.sidecar.json.SidecarJson;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pieces of {@code compare.json} that occur in more than one place. */
final class Json {

    /** With fewer values the percentile is only the largest few. */
    private static final long FOR_P999 = 2000;

    private static final double[] CURVE = {
        0, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.3, 99.6, 99.8, 99.9, 99.95, 99.99
    };

    private Json() {}

    static ObjectNode object() {
        return SidecarJson.mapper().createObjectNode();
    }

    static ArrayNode array() {
        return SidecarJson.mapper().createArrayNode();
    }

    static double rounded(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return 0;
        }
        double scale = Math.abs(value) >= 1000 ? 1 : Math.abs(value) >= 10 ? 10 : 1000;
        return Math.round(value * scale) / scale;
    }

    /** Microseconds. The median is that of the rounds' medians, the rest is over all values. */
    static ObjectNode latency(Histogram histogram, List<Double> medians) {
        ObjectNode node = object();
        node.put("count", histogram.getTotalCount());
        node.put("p50Us", rounded(Statistics.median(medians)));
        node.put("p90Us", micros(histogram, 90));
        node.put("p99Us", micros(histogram, 99));
        node.put("p999Us", micros(histogram, 99.9));
        node.put("p999Sure", histogram.getTotalCount() >= FOR_P999);
        node.put("maxUs", rounded(histogram.getMaxValue() / 1e3));
        node.put("p50SpreadPercent", rounded(Statistics.spreadPercent(medians)));
        node.put("p50ErrorUs", rounded(Statistics.error(medians)));
        return node;
    }

    /** Pairs of percentile and microseconds, as far as there are values for. */
    static ArrayNode curve(Histogram histogram) {
        ArrayNode curve = array();
        for (double percentile : CURVE) {
            if (histogram.getTotalCount() * (100 - percentile) / 100 >= 1) {
                curve.add(array().add(percentile).add(micros(histogram, percentile)));
            }
        }
        return curve;
    }

    static double micros(Histogram histogram, double percentile) {
        return rounded(histogram.getValueAtPercentile(percentile) / 1e3);
    }

    static ObjectNode memory(Memory memory) {
        ObjectNode node = object();
        node.put("rssBytes", memory.rssBytes());
        node.put("pssBytes", memory.pssBytes());
        node.put("privateBytes", memory.privateBytes());
        node.put("sharedBytes", memory.sharedBytes());
        return node;
    }

    /** Median, spread and the values themselves. */
    static ObjectNode median(List<Double> values) {
        ObjectNode node = object();
        node.put("median", rounded(Statistics.median(values)));
        node.put("spreadPercent", rounded(Statistics.spreadPercent(values)));
        ArrayNode runs = node.putArray("runs");
        values.forEach(value -> runs.add(rounded(value)));
        return node;
    }

    static ObjectNode strings(Map<String, ?> values) {
        return SidecarJson.mapper().valueToTree(values);
    }
}
