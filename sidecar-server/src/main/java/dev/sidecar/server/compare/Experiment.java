package dev.sidecar.server.compare;

import java.io.IOException;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** One fault in one place under load, from before it until after it. */
final class Experiment {

    /** Longer is not waited for those who do not recover. */
    private static final int LONGEST_MORE_MILLIS = 20_000;

    /** Records that wait in the application for its sidecar have come by then, or are lost. */
    private static final int LATE_RECORDS_MILLIS = 8000;

    private final Patient patient;
    private final Place place;
    private final Fault fault;
    private final Plan plan;
    private final Deadline deadline;

    Experiment(Patient patient, Place place, Fault fault, Plan plan, Deadline deadline) {
        this.patient = patient;
        this.place = place;
        this.fault = fault;
        this.plan = plan;
        this.deadline = deadline;
    }

    ObjectNode run() throws IOException {
        int appDeaths = patient.appDeaths();
        int sidecarDeaths = patient.sidecarDeaths();
        long keptBefore = patient.recordsKept();
        long until = plan.millis(fault);
        long faultAt;
        long length;
        boolean whole;
        Load load = Load.start(patient.port());
        try (load) {
            watch(load, Plan.BEFORE_MILLIS);
            faultAt = load.millis();
            patient.suffer(fault, plan.seconds(fault));
            watch(load, until);
            int deaths = appDeaths + sidecarDeaths;
            while ((!isWhole(load) || leaksStill(deaths) || !patient.isBack())
                    && load.millis() < until + LONGEST_MORE_MILLIS
                    && deadline.leaves(LATE_RECORDS_MILLIS)) {
                watch(load, load.millis() + Timeline.BIN_MILLIS);
            }
            whole = isWhole(load);
            length = load.millis();
        }
        long patience = load.millis() + LATE_RECORDS_MILLIS;
        while (patient.recordsKept() - keptBefore < load.feature().ok() && load.millis() < patience) {
            watch(load, load.millis() + Timeline.BIN_MILLIS);
        }
        ObjectNode node = Json.object();
        node.put("fault", fault.id());
        node.put("way", place.id());
        node.put("faultAtMs", faultAt);
        if (plan.seconds(fault) > 0) {
            node.put("faultSeconds", plan.seconds(fault));
        }
        node.put("appDied", patient.appDeaths() > appDeaths);
        node.put("sidecarDied", patient.sidecarDeaths() > sidecarDeaths);
        node.set("own", load.own().totals(faultAt));
        node.set("feature", load.feature().totals(faultAt));
        if (whole) {
            node.put("wholeAfterMs", Math.max(0, lastFailure(load) - faultAt));
        } else {
            node.putNull("wholeAfterMs");
        }
        if (patient.isBack()) {
            node.put("featureAwayMs", patient.awayMillis());
        } else {
            node.putNull("featureAwayMs");
        }
        long kept = patient.recordsKept() - keptBefore;
        node.put("recordsLost", Math.max(0, load.feature().ok() - kept));
        int bins = (int) (length / Timeline.BIN_MILLIS);
        ObjectNode timeline = node.putObject("timeline");
        timeline.put("binMs", Timeline.BIN_MILLIS);
        timeline.set("own", load.own().bins(bins));
        timeline.set("feature", load.feature().bins(bins));
        node.put("verdict", verdict(node));
        return node;
    }

    /** A leak ends when something dies of it. */
    private boolean leaksStill(int deathsBefore) {
        return fault == Fault.LEAK && patient.appDeaths() + patient.sidecarDeaths() == deathsBefore;
    }

    private static long lastFailure(Load load) {
        return Math.max(load.own().lastFailureMillis(), load.feature().lastFailureMillis());
    }

    /** Requests that are under way fail later than they were due. */
    private static boolean isWhole(Load load) {
        return load.millis() - lastFailure(load) > 2L * Load.TIMEOUT_MILLIS;
    }

    private void watch(Load load, long untilMillis) throws IOException {
        while (load.millis() < untilMillis) {
            patient.revive();
            Patient.pause();
        }
    }

    private static String whole(ObjectNode seen) {
        if (seen.path("wholeAfterMs").isNull()) {
            return "Not whole again when the experiment ended";
        }
        long millis = seen.path("wholeAfterMs").asLong();
        return millis == 0 ? "Whole all the time" : "Whole again after " + (millis + 50) / 100 / 10.0 + " s";
    }

    /** Only a process that had to be started again was away; for one that hangs, see its requests. */
    private static String away(ObjectNode seen) {
        long millis = seen.path("featureAwayMs").asLong(-1);
        return millis < 0
                ? "; the feature did not come back"
                : millis == 0 ? "" : "; its feature was away for " + (millis + 50) / 100 / 10.0 + " s";
    }

    /** In words, from nothing but what was seen. */
    private static String verdict(ObjectNode seen) {
        boolean app = seen.path("appDied").asBoolean();
        boolean sidecar = seen.path("sidecarDied").asBoolean();
        String died = app
                ? "The application died and was started again"
                : sidecar ? "The sidecar died and was started again; the application went on" : "Nobody died";
        return String.format(
                Locale.ROOT,
                "%s%s. Failed: %d of %d own requests, %d of %d with the feature; 99 %% of own requests within %s ms (%s before). %s; %d log records lost.",
                died,
                away(seen),
                seen.path("own").path("failed").asLong(),
                seen.path("own").path("sent").asLong(),
                seen.path("feature").path("failed").asLong(),
                seen.path("feature").path("sent").asLong(),
                seen.path("own").path("p99AfterMs").asString(),
                seen.path("own").path("p99BeforeMs").asString(),
                whole(seen),
                seen.path("recordsLost").asLong());
    }
}
