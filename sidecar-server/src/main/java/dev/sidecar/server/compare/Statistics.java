package dev.sidecar.server.compare;

import java.util.List;

/** Medians of few rounds, and how far to trust them. */
final class Statistics {

    /** Turns a median absolute deviation into what a standard deviation would be, for normal noise. */
    private static final double NORMAL = 1.4826;

    /** The error of a median of normal values, against that of their mean. */
    private static final double MEDIAN_ERROR = 1.2533;

    private Statistics() {}

    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Robust stand-in for the standard deviation. */
    static double deviation(List<Double> values) {
        double median = median(values);
        return NORMAL
                * median(values.stream().map(value -> Math.abs(value - median)).toList());
    }

    /** Of the median itself; 0 for fewer than two values. */
    static double error(List<Double> values) {
        return values.size() < 2 ? 0 : MEDIAN_ERROR * deviation(values) / Math.sqrt(values.size());
    }

    /** Deviation in percent of the median. */
    static double spreadPercent(List<Double> values) {
        double median = median(values);
        return median == 0 || values.isEmpty() ? 0 : 100 * deviation(values) / Math.abs(median);
    }

    /** Cumulative standard normal distribution; Abramowitz and Stegun, 26.2.17, good to seven digits. */
    static double normal(double z) {
        double[] b = {0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429};
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double sum = 0;
        double power = t;
        for (double factor : b) {
            sum += factor * power;
            power *= t;
        }
        double tail = sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return z >= 0 ? 1 - tail : tail;
    }
}
