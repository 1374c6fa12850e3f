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

    /** Fewer have no spread. */
    private static final int LEAST_ROUNDS = 2;

    private static final int SETTLE_MILLIS = 1500;

    /** About what a sidecar and its application take to start; for the progress only. */
    private static final long START_MILLIS = 2000;

    private final Bed bed;
    private final Plan plan;
    private final Progress progress;
    private final Deadline deadline;
    private final Measured measured = new Measured();
    private ArrayNode clients = Json.array();
    private List<String> leftOut = List.of();

    /**
     * @param deadline by when it has to end
     */
    Comparison(Bed bed, Plan plan, Progress progress, Deadline deadline) {
        this.bed = bed;
        this.plan = plan;
        this.progress = progress;
        this.deadline = deadline;
    }

    /** After {@link #run}. */
    ArrayNode clients() {
        return clients;
    }

    /** Languages for which there was no time; after {@link #run}. */
    List<String> leftOut() {
        return leftOut;
    }

    Measured run() throws IOException {
        try (Child neighbour = bed.neighbour()) {
            int port = Integer.parseInt(neighbour.readLine().split(" ")[1]);
            starts(port);
            Map<Way, Contestant> all = new EnumMap<>(Way.class);
            try {
                progress.step("start all", Way.values().length * START_MILLIS + SETTLE_MILLIS);
                for (Way way : Way.values()) {
                    Contestant one = Contestant.start(bed, way, port);
                    all.put(way, one);
                    started(way, one);
                }
                settle();
                all.forEach((way, one) -> measured.idle().put(way, moment(one)));
                rounds(all, neighbour);
                OtherClients others = new OtherClients(bed, plan, progress, deadline);
                clients = others.measure(sidecars(all));
                leftOut = others.leftOut();
            } finally {
                all.values().forEach(Contestant::close);
            }
        }
        return measured;
    }

    /** By what really was started, should labels stand for others. */
    private static Map<Way, Beside> sidecars(Map<Way, Contestant> all) {
        Map<Way, Beside> sidecars = new EnumMap<>(Way.class);
        all.forEach((way, one) -> {
            Beside beside = one.beside();
            if (way.hasSidecar() && beside != null) {
                sidecars.put(way, beside);
            }
        });
        return sidecars;
    }

    private void starts(int neighbour) throws IOException {
        // Those that stay are one more.
        for (int i = 1; i < plan.starts(); i++) {
            for (Way way : turn(i)) {
                progress.step("start " + way.title(), START_MILLIS);
                try (Contestant one = Contestant.start(bed, way, neighbour)) {
                    started(way, one);
                }
            }
        }
    }

    private void started(Way way, Contestant one) {
        measured.appReady().computeIfAbsent(way, key -> new ArrayList<>()).add(one.appReadyMillis());
        Beside beside = one.beside();
        if (beside != null) {
            measured.sidecarReady()
                    .computeIfAbsent(way, key -> new ArrayList<>())
                    .add(beside.readyMillis());
        }
    }

    private void rounds(Map<Way, Contestant> all, Child neighbour) {
        for (MeasuredOperation operation : operations()) {
            progress.step("warm up " + operation.title(), (long) ways(operation).size() * plan.warmupMillis());
            for (Way way : ways(operation)) {
                contestant(all, way).backToBack(operation.id(), plan.warmupMillis());
            }
        }
        long begin = System.nanoTime();
        long busy = ProcFiles.machineBusyNanos();
        long ours = ours(all, neighbour);
        for (int round = 0; round < plan.rounds() && isTimeForAnother(round, begin); round++) {
            for (MeasuredOperation operation : operations()) {
                progress.step(
                        "round " + (round + 1) + " of " + plan.rounds() + ": " + operation.title(),
                        (long) ways(operation).size() * (plan.pacedMillis() + plan.backToBackMillis()));
                for (Way way : turn(round)) {
                    if (ways(operation).contains(way)) {
                        measure(operation, way, contestant(all, way));
                    }
                }
            }
            all.forEach((way, one) -> measured.loaded().put(way, moment(one)));
            measured.rounds(round + 1);
        }
        long others = ProcFiles.machineBusyNanos() - busy - (ours(all, neighbour) - ours);
        measured.othersCpuPercent(Math.max(0, 100.0 * others / (System.nanoTime() - begin)));
    }

    /**
     * As long as those before took, on the average; and then there are the other languages. One of fewer than have a
     * spread is left out only when time is up.
     */
    private boolean isTimeForAnother(int rounds, long begin) {
        if (rounds < LEAST_ROUNDS) {
            return rounds == 0 || deadline.leftMillis() > 0;
        }
        long average = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / rounds;
        return deadline.leaves(average + OtherClients.millis(plan));
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

    /** How long it will take with the fewest rounds. */
    static long leastMillis(Plan plan) {
        long rounds = Math.max(0, plan.rounds() - LEAST_ROUNDS);
        return millis(plan) - rounds * calls() * (plan.pacedMillis() + plan.backToBackMillis());
    }

    /** How long it will take. */
    static long millis(Plan plan) {
        long each = plan.warmupMillis() + (long) plan.rounds() * (plan.pacedMillis() + plan.backToBackMillis());
        return plan.starts() * Way.values().length * START_MILLIS
                + SETTLE_MILLIS
                + calls() * each
                + OtherClients.millis(plan);
    }

    /** In one round; the application alone takes part in one operation. */
    private static long calls() {
        return (long) MeasuredOperation.FEATURES.size() * Way.DELIVERIES.size()
                + MeasuredOperation.WIRE.size() * 2L
                + 1;
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
