package dev.sidecar.server.compare;

import dev.sidecar.server.compare.Measured.Moment;
import dev.sidecar.server.compare.probe.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;

/**
 * Measures features, memory and starts. All ways are alive at once and take turns within each operation of each round,
 * beginning with another one each round, so that a machine that drifts or is disturbed treats all alike.
 */
final class Comparison {

    private static final int SETTLE_MILLIS = 1500;

    private final Bed bed;
    private final Plan plan;
    private final Progress progress;
    private final Measured measured = new Measured();
    private ArrayNode clients = Json.array();

    Comparison(Bed bed, Plan plan, Progress progress) {
        this.bed = bed;
        this.plan = plan;
        this.progress = progress;
    }

    /** After {@link #run}. */
    ArrayNode clients() {
        return clients;
    }

    Measured run() throws IOException {
        try (Child neighbour = bed.neighbour()) {
            int port = Integer.parseInt(neighbour.readLine().split(" ")[1]);
            starts(port);
            Map<Way, Contestant> all = new EnumMap<>(Way.class);
            try {
                for (Way way : Way.values()) {
                    all.put(way, Contestant.start(bed, way, port));
                }
                settle();
                all.forEach((way, one) -> measured.idle().put(way, moment(one)));
                rounds(all, neighbour);
                progress.step("other languages");
                clients = new OtherClients(bed, plan.pacedMillis())
                        .measure(
                                Objects.requireNonNull(contestant(all, Way.UNIX).beside()));
            } finally {
                all.values().forEach(Contestant::close);
            }
        }
        return measured;
    }

    private void starts(int neighbour) throws IOException {
        for (int i = 0; i < plan.starts(); i++) {
            for (Way way : turn(i)) {
                progress.step("start " + way.title());
                try (Contestant one = Contestant.start(bed, way, neighbour)) {
                    measured.appReady()
                            .computeIfAbsent(way, key -> new ArrayList<>())
                            .add(one.appReadyMillis());
                    Beside beside = one.beside();
                    if (beside != null) {
                        measured.sidecarReady()
                                .computeIfAbsent(way, key -> new ArrayList<>())
                                .add(beside.readyMillis());
                    }
                }
            }
        }
    }

    private void rounds(Map<Way, Contestant> all, Child neighbour) {
        for (MeasuredOperation operation : operations()) {
            progress.step("warm up " + operation.title());
            for (Way way : ways(operation)) {
                contestant(all, way).backToBack(operation.id(), plan.warmupMillis());
            }
        }
        long begin = System.nanoTime();
        long busy = ProcFiles.machineBusyNanos();
        long ours = ours(all, neighbour);
        for (int round = 0; round < plan.rounds(); round++) {
            for (MeasuredOperation operation : operations()) {
                progress.step("round " + (round + 1) + " of " + plan.rounds() + ": " + operation.title());
                for (Way way : turn(round)) {
                    if (ways(operation).contains(way)) {
                        measure(operation, way, contestant(all, way));
                    }
                }
            }
            all.forEach((way, one) -> measured.loaded().put(way, moment(one)));
        }
        long others = ProcFiles.machineBusyNanos() - busy - (ours(all, neighbour) - ours);
        measured.othersCpuPercent(Math.max(0, 100.0 * others / (System.nanoTime() - begin)));
    }

    private void measure(MeasuredOperation operation, Way way, Contestant one) {
        Cell cell = measured.cell(operation, way);
        cell.addPaced(one.paced(operation.id(), operation.perSecond(), plan.pacedMillis()));
        long app = one.appCpuNanos();
        long sidecar = one.sidecarCpuNanos();
        Slice slice = one.backToBack(operation.id(), plan.backToBackMillis());
        cell.addBackToBack(slice, one.appCpuNanos() - app, one.sidecarCpuNanos() - sidecar);
    }

    private static Moment moment(Contestant one) {
        return new Moment(one.appMemory(), one.sidecarMemory());
    }

    /** Where the application alone has something to do as well, it takes part. */
    private List<Way> ways(MeasuredOperation operation) {
        if (operation.id().equals("call")) {
            return List.of(Way.values());
        }
        if (MeasuredOperation.WIRE.contains(operation)) {
            return Way.DELIVERIES.stream()
                    .filter(label -> bed.really(label).hasSidecar())
                    .toList();
        }
        return Way.DELIVERIES;
    }

    private static List<MeasuredOperation> operations() {
        List<MeasuredOperation> all = new ArrayList<>(MeasuredOperation.FEATURES);
        all.addAll(MeasuredOperation.WIRE);
        return all;
    }

    /** How often {@link Progress#step} will be called. */
    static int steps(Plan plan) {
        return plan.starts() * Way.values().length + operations().size() * (1 + plan.rounds()) + 1;
    }

    private static List<Way> turn(int round) {
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        Collections.rotate(ways, -round);
        return ways;
    }

    private static long ours(Map<Way, Contestant> all, Child neighbour) {
        long sum = ProcFiles.cpuNanos(ProcessHandle.current().pid()) + ProcFiles.cpuNanos(neighbour.pid());
        for (Contestant one : all.values()) {
            sum += one.appCpuNanos() + one.sidecarCpuNanos();
        }
        return sum;
    }

    private static Contestant contestant(Map<Way, Contestant> all, Way way) {
        return Objects.requireNonNull(all.get(way));
    }

    private static void settle() {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
