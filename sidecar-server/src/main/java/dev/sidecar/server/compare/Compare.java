package dev.sidecar.server.compare;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole of {@code sidecar compare}: measure, write, say. */
public final class Compare {

    /** On a busy machine what comes after the experiments takes longer than planned. */
    private static final double SLOWER = 1.3;

    private final Request request;
    private final PrintWriter out;

    public Compare(Request request, PrintWriter out) {
        this.request = request;
        this.out = out;
    }

    /**
     * Measures and writes the report. What the user gave is checked before anything is measured.
     *
     * @return 1 when something got slower than the baseline allows, else 0
     * @throws IllegalArgumentException for what was said on the command line and cannot be meant
     * @throws IllegalStateException when something that is measured does not start, or ends
     */
    public int run() throws IOException {
        Map<String, String> situation = Situation.of(request.situation());
        Map<Way, Way> labels = labels();
        JsonNode before = request.baseline() == null ? null : Report.read(request.baseline());
        Profile profile = profile().with(situation);
        Plan plan = profile.plan(request.plan());
        Report.prepare(request.out());
        ObjectNode report = measure(profile, plan, labels);
        List<Baseline.Change> changes = before == null ? List.of() : Baseline.compare(before, report);
        if (before != null) {
            Report.addBaseline(report, before, changes);
        }
        Report.write(request.out(), report);
        new Summary(out, report).print();
        int code = judge(changes);
        out.println("report: "
                + request.out().resolve("index.html").toAbsolutePath().normalize());
        out.flush();
        return code;
    }

    private Profile profile() throws IOException {
        try {
            Profile profile = Profile.read(request.profile());
            profile.plan(request.plan());
            return profile;
        } catch (IllegalArgumentException e) {
            throw new StartupFailure(ExitCodes.CONFIG, "--profile: " + e.getMessage());
        }
    }

    private ObjectNode measure(Profile profile, Plan plan, Map<Way, Way> labels) throws IOException {
        UserApp whole = profile.app();
        UserApp app = whole != null && plan.mostSeconds() > 0 ? whole.quick() : whole;
        ObjectNode report = Report.empty();
        try (Progress progress = Progress.onStandardError(millis(plan, app), 1000L * plan.mostSeconds());
                Bed bed = new Bed(request.appJvmOptions(), labels)) {
            HostFacts.describe(report, bed.java(), plan);
            // What may not start comes first, what can be done less often last.
            Deadline deadline = plan.deadline();
            ObjectNode users = app == null ? null : new UserComparison(bed, app, progress).run();
            Experiments experiments =
                    new Experiments(bed, plan, progress, deadline.less((long) (SLOWER * Comparison.leastMillis(plan))));
            List<ObjectNode> suffered = experiments.run();
            Comparison comparison = new Comparison(bed, plan, progress, deadline);
            Measured measured = comparison.run();
            HostFacts.addRounds(report, measured.rounds(), experiments.leftOut(), comparison.leftOut());
            report.set("noise", Findings.noise(measured));
            report.set("operations", Findings.operations(measured));
            report.set("memory", Findings.memory(measured));
            report.set("startUp", Findings.startUp(measured));
            report.set("clients", comparison.clients());
            if (users != null) {
                report.set("app", users);
            }
            addExperiments(report, suffered);
        }
        report.set("situation", Json.strings(profile.situation()));
        return report;
    }

    private static long millis(Plan plan, @Nullable UserApp app) {
        return Comparison.millis(plan) + Experiments.millis(plan) + (app == null ? 0 : UserComparison.millis(app));
    }

    private static void addExperiments(ObjectNode report, List<ObjectNode> seen) {
        ArrayNode blast = report.putArray("blastRadius");
        ArrayNode upgrade = report.putArray("upgrade");
        seen.forEach(one -> (one.path("fault").asString().equals(Fault.UPGRADE.id()) ? upgrade : blast).add(one));
    }

    private int judge(List<Baseline.Change> changes) {
        changes.stream()
                .filter(Baseline.Change::isSure)
                .forEach(change -> out.printf(
                        "%-8s %-40s %10.2f -> %10.2f  %+.0f %%, %.0f %% sure%n",
                        change.percent() > 0 ? "slower" : "faster",
                        change.what(),
                        change.before(),
                        change.after(),
                        change.percent(),
                        100 * change.confidence()));
        Double limit = request.failOverPercent();
        if (limit == null) {
            return 0;
        }
        List<Baseline.Change> worse = Baseline.worse(changes, limit);
        worse.forEach(change -> out.println("FAIL     " + change.what() + " is more than " + limit + " % slower"));
        return worse.isEmpty() ? 0 : 1;
    }

    private Map<Way, Way> labels() {
        Map<Way, Way> labels = new EnumMap<>(Way.class);
        request.labels().forEach((asked, taken) -> labels.put(Way.of(asked), Way.of(taken)));
        return labels;
    }
}
