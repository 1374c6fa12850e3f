package dev.sidecar.server.compare;

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

    private final Request request;
    private final PrintWriter out;

    public Compare(Request request, PrintWriter out) {
        this.request = request;
        this.out = out;
    }

    /**
     * Measures and writes the report.
     *
     * @return 1 when something got slower than the baseline allows, else 0
     */
    public int run() throws IOException {
        JsonNode before = request.baseline() == null ? null : Report.read(request.baseline());
        Profile profile = Profile.read(request.profile()).with(request.situation());
        Plan plan = profile.plan(request.plan());
        UserApp app = profile.app().isEmpty() ? null : UserApp.of(profile.app());
        ObjectNode report = Report.empty();
        Progress progress = new Progress(System.err, System.console() != null, steps(plan, app));
        try (Bed bed = new Bed(request.appJvmOptions(), labels())) {
            HostFacts.describe(report, bed.java(), plan);
            Comparison comparison = new Comparison(bed, plan, progress);
            Measured measured = comparison.run();
            report.set("noise", Findings.noise(measured));
            report.set("operations", Findings.operations(measured));
            report.set("memory", Findings.memory(measured));
            report.set("startUp", Findings.startUp(measured));
            report.set("clients", comparison.clients());
            if (app != null) {
                report.set("app", new UserComparison(bed, app, progress).run());
            }
            addExperiments(report, new Experiments(bed, plan, progress).run());
        }
        progress.end();
        report.set("situation", Json.strings(profile.situation()));
        int code = against(before, report);
        Report.write(request.out(), report);
        new Summary(out, report).print();
        out.println("report: "
                + request.out().resolve("index.html").toAbsolutePath().normalize());
        out.flush();
        return code;
    }

    private static int steps(Plan plan, @Nullable UserApp app) {
        return Comparison.steps(plan) + Experiments.steps(plan) + (app == null ? 0 : 2 * app.rounds());
    }

    private static void addExperiments(ObjectNode report, List<ObjectNode> seen) {
        ArrayNode blast = report.putArray("blastRadius");
        ArrayNode upgrade = report.putArray("upgrade");
        seen.forEach(one -> (one.path("fault").asString().equals(Fault.UPGRADE.id()) ? upgrade : blast).add(one));
    }

    private int against(@Nullable JsonNode before, ObjectNode report) {
        if (before == null) {
            return 0;
        }
        List<Baseline.Change> changes = Baseline.compare(before, report);
        Report.addBaseline(report, before, changes);
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
