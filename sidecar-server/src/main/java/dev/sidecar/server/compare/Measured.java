package dev.sidecar.server.compare;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that was measured of features, memory and starts; filled as the work goes on. */
final class Measured {

    /** Resident, shared and private memory of an application and its sidecar, at one moment. */
    record Moment(Memory app, @Nullable Memory sidecar) {}

    private final Map<MeasuredOperation, Map<Way, Cell>> cells = new LinkedHashMap<>();
    private final Map<Way, Moment> idle = new EnumMap<>(Way.class);
    private final Map<Way, Moment> loaded = new EnumMap<>(Way.class);
    private final Map<Way, List<Double>> appReady = new EnumMap<>(Way.class);
    private final Map<Way, List<Double>> sidecarReady = new EnumMap<>(Way.class);
    private double othersCpuPercent;
    private int rounds;

    Map<MeasuredOperation, Map<Way, Cell>> cells() {
        return cells;
    }

    Cell cell(MeasuredOperation operation, Way way) {
        return cells.computeIfAbsent(operation, key -> new EnumMap<>(Way.class))
                .computeIfAbsent(way, key -> new Cell());
    }

    Map<Way, Moment> idle() {
        return idle;
    }

    Map<Way, Moment> loaded() {
        return loaded;
    }

    /** Milliseconds. */
    Map<Way, List<Double>> appReady() {
        return appReady;
    }

    /** Milliseconds. */
    Map<Way, List<Double>> sidecarReady() {
        return sidecarReady;
    }

    /** How many there were. */
    int rounds() {
        return rounds;
    }

    void rounds(int done) {
        rounds = done;
    }

    /** CPU time that processes which are not ours took meanwhile, in percent of one core. */
    double othersCpuPercent() {
        return othersCpuPercent;
    }

    void othersCpuPercent(double percent) {
        othersCpuPercent = percent;
    }
}
