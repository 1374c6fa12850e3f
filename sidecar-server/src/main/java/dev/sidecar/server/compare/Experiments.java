package dev.sidecar.server.compare;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import tools.jackson.databind.node.ObjectNode;

/**
 * Blast radius and upgrade. The places suffer the same fault at the same time, but for the spinning core, which would
 * be felt by all: there they take turns. A feature that blocks costs no processor, and blocks for long: it does so in
 * applications of its own, while the others suffer the rest.
 */
final class Experiments {

    /** About what all take to start, and what a leak takes longer; for the progress only. */
    private static final long START_MILLIS = 8000;

    private static final long MORE_MILLIS = 4000;

    private static final List<Fault> ONE_BY_ONE = List.of(Fault.CRASH, Fault.UPGRADE, Fault.LEAK, Fault.SPIN);

    private final Bed bed;
    private final Plan plan;
    private final Progress progress;
    private final Deadline deadline;
    private final List<String> leftOut = new ArrayList<>();
    private final List<Patient> patients = new ArrayList<>();

    /** More than the places: a thread that has just ended its work may not be free yet. */
    private final ExecutorService side =
            Threads.onDemand("compare-experiment", 5 * Place.values().length, Duration.ofSeconds(5));

    /**
     * @param deadline by when they have to end
     */
    Experiments(Bed bed, Plan plan, Progress progress, Deadline deadline) {
        this.bed = bed;
        this.plan = plan;
        this.progress = progress;
        this.deadline = deadline;
    }

    /** How long it will take. */
    static long millis(Plan plan) {
        if (plan.experimentSeconds() == 0) {
            return 0;
        }
        long others =
                ONE_BY_ONE.stream().mapToLong(fault -> millis(fault, plan)).sum();
        return START_MILLIS + Math.max(others, plan.millis(Fault.BLOCK));
    }

    private static long millis(Fault fault, Plan plan) {
        long one = plan.millis(fault);
        return fault.isFeltByAll() ? Place.values().length * one : fault == Fault.LEAK ? one + MORE_MILLIS : one;
    }

    /** Faults for which there was no time; after {@link #run}. */
    List<String> leftOut() {
        return leftOut;
    }

    /** All that happened, in the order of faults and then places. */
    List<ObjectNode> run() throws IOException {
        if (plan.experimentSeconds() == 0) {
            return List.of();
        }
        try {
            progress.step("experiments: start", START_MILLIS);
            Map<Place, Patient> blocked = started();
            List<Future<ObjectNode>> block = suffer(blocked, Fault.BLOCK);
            List<ObjectNode> rest = oneByOne(started());
            progress.step("the feature: block", Math.max(0, plan.millis(Fault.BLOCK) - restMillis()));
            List<ObjectNode> seen = new ArrayList<>(ended(block));
            seen.addAll(rest);
            return seen;
        } finally {
            patients.forEach(Patient::close);
            side.shutdownNow();
        }
    }

    private long restMillis() {
        return ONE_BY_ONE.stream().mapToLong(fault -> millis(fault, plan)).sum();
    }

    private List<ObjectNode> oneByOne(Map<Place, Patient> patients) throws IOException {
        List<ObjectNode> seen = new ArrayList<>();
        for (Fault fault : ONE_BY_ONE) {
            if (!deadline.leaves(millis(fault, plan))) {
                leftOut.add("experiment " + fault.id());
                continue;
            }
            progress.step("the feature: " + fault.id(), millis(fault, plan));
            seen.addAll(fault.isFeltByAll() ? inTurn(patients, fault) : ended(suffer(patients, fault)));
        }
        return seen;
    }

    /** One in each place, warm. */
    private Map<Place, Patient> started() throws IOException {
        Map<Place, Patient> all = new EnumMap<>(Place.class);
        List<Future<ObjectNode>> starts = new ArrayList<>();
        for (Place place : Place.values()) {
            Patient patient = new Patient(bed, place);
            patients.add(patient);
            all.put(place, patient);
            starts.add(side.submit(() -> {
                patient.start();
                patient.warmUp();
                return Json.object();
            }));
        }
        ended(starts);
        return all;
    }

    private List<ObjectNode> inTurn(Map<Place, Patient> patients, Fault fault) throws IOException {
        List<ObjectNode> seen = new ArrayList<>();
        for (Map.Entry<Place, Patient> one : patients.entrySet()) {
            seen.add(new Experiment(one.getValue(), one.getKey(), fault, plan, deadline).run());
        }
        return seen;
    }

    private List<Future<ObjectNode>> suffer(Map<Place, Patient> patients, Fault fault) {
        return patients.entrySet().stream()
                .map(one -> new Experiment(one.getValue(), one.getKey(), fault, plan, deadline))
                .map(experiment -> side.submit(experiment::run))
                .toList();
    }

    private static List<ObjectNode> ended(List<Future<ObjectNode>> all) {
        List<ObjectNode> seen = new ArrayList<>();
        IllegalStateException failure = null;
        for (Future<ObjectNode> one : all) {
            try {
                seen.add(one.get());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                // The others are let end: they start processes.
                failure = new IllegalStateException("an experiment failed: " + e.getCause(), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return seen;
    }
}
