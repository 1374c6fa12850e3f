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
 * be felt by all: there they take turns.
 */
final class Experiments {

    private final Bed bed;
    private final Plan plan;
    private final Progress progress;
    /** Thrice the places: a thread that has just ended its work may not be free yet. */
    private final ExecutorService side =
            Threads.onDemand("compare-experiment", 3 * Place.values().length, Duration.ofSeconds(5));

    Experiments(Bed bed, Plan plan, Progress progress) {
        this.bed = bed;
        this.plan = plan;
        this.progress = progress;
    }

    /** A core that spins takes turns, which takes time: not in the quick plan. */
    private static List<Fault> faults(Plan plan) {
        return plan.experimentSeconds() == 0
                ? List.of()
                : plan.name().startsWith("quick")
                        ? List.of(Fault.BLOCK, Fault.CRASH, Fault.UPGRADE, Fault.LEAK)
                        : List.of(Fault.values());
    }

    static int steps(Plan plan) {
        return 4 * faults(plan).size();
    }

    /** All that happened, in the order of faults and then places. */
    List<ObjectNode> run() throws IOException {
        List<ObjectNode> seen = new ArrayList<>();
        if (faults(plan).isEmpty()) {
            return seen;
        }
        Map<Place, Patient> patients = new EnumMap<>(Place.class);
        try {
            for (Place place : Place.values()) {
                patients.put(place, new Patient(bed, place));
            }
            progress.step("experiments: start");
            together(patients, (place, patient) -> {
                patient.start();
                return Json.object();
            });
            for (Fault fault : faults(plan)) {
                progress.steps(4, "the feature: " + fault.id());
                seen.addAll(
                        fault == Fault.SPIN
                                ? inTurn(patients, fault)
                                : together(patients, (place, patient) -> new Experiment(patient, place, fault, plan)
                                        .run()));
            }
        } finally {
            patients.values().forEach(Patient::close);
            side.shutdownNow();
        }
        return seen;
    }

    private List<ObjectNode> inTurn(Map<Place, Patient> patients, Fault fault) throws IOException {
        List<ObjectNode> seen = new ArrayList<>();
        for (Map.Entry<Place, Patient> one : patients.entrySet()) {
            seen.add(new Experiment(one.getValue(), one.getKey(), fault, plan).run());
        }
        return seen;
    }

    private interface Work {
        ObjectNode on(Place place, Patient patient) throws IOException;
    }

    private List<ObjectNode> together(Map<Place, Patient> patients, Work work) {
        List<Future<ObjectNode>> all = new ArrayList<>();
        patients.forEach((place, patient) -> all.add(side.submit(() -> work.on(place, patient))));
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
