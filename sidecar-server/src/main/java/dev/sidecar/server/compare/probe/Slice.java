package dev.sidecar.server.compare.probe;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw in one stretch of one operation.
 *
 * @param count calls made, failed ones included
 * @param nanos from the first call's intended start to the last one's end
 * @param allocatedBytes by all threads of the process meanwhile
 * @param error the last one
 * @param histogram of nanoseconds, as HdrHistogram encodes it, in Base64
 */
public record Slice(
        long count, long nanos, long allocatedBytes, long errors, @Nullable String error, String histogram) {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);

    /** Of a client that tells the microseconds of each call and nothing of its memory. */
    public static Slice of(List<Double> micros, long nanos, long errors, @Nullable String error) {
        Histogram histogram = new Histogram(LONGEST, 3);
        for (double value : micros) {
            histogram.recordValue(Math.min(LONGEST, Math.round(value * 1e3)));
        }
        return new Slice(micros.size(), nanos, 0, errors, error, Histograms.encode(histogram));
    }
}
