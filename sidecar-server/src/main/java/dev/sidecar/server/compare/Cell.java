package dev.sidecar.server.compare;

import dev.sidecar.server.compare.probe.Histograms;
import dev.sidecar.server.compare.probe.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One operation in one way, over all rounds. Filled by one thread. */
final class Cell {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);

    private final Histogram paced = new Histogram(LONGEST, 3);
    private final Histogram backToBack = new Histogram(LONGEST, 3);
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> backToBackMedians = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private long counted;
    private long appNanos;
    private long sidecarNanos;
    private long allocated;
    private long errors;
    private @Nullable String error;

    void addPaced(Slice slice) {
        Histogram histogram = Histograms.decode(slice.histogram());
        paced.add(histogram);
        medians.add(histogram.getValueAtPercentile(50) / 1e3);
        failed(slice);
    }

    void addBackToBack(Slice slice, long appCpuNanos, long sidecarCpuNanos) {
        Histogram histogram = Histograms.decode(slice.histogram());
        backToBack.add(histogram);
        backToBackMedians.add(histogram.getValueAtPercentile(50) / 1e3);
        perSecond.add(slice.count() * 1e9 / slice.nanos());
        counted += slice.count();
        allocated += slice.allocatedBytes();
        appNanos += appCpuNanos;
        sidecarNanos += sidecarCpuNanos;
        failed(slice);
    }

    private void failed(Slice slice) {
        errors += slice.errors();
        error = slice.error() == null ? error : slice.error();
    }

    Histogram paced() {
        return paced;
    }

    Histogram backToBack() {
        return backToBack;
    }

    /** Microseconds, one for each round. */
    List<Double> medians() {
        return medians;
    }

    List<Double> backToBackMedians() {
        return backToBackMedians;
    }

    List<Double> perSecond() {
        return perSecond;
    }

    double appMicrosPerCall() {
        return counted == 0 ? Double.NaN : appNanos / 1e3 / counted;
    }

    double sidecarMicrosPerCall() {
        return counted == 0 ? Double.NaN : sidecarNanos / 1e3 / counted;
    }

    double allocatedBytesPerCall() {
        return counted == 0 ? Double.NaN : (double) allocated / counted;
    }

    long errors() {
        return errors;
    }

    @Nullable
    String error() {
        return error;
    }
}
