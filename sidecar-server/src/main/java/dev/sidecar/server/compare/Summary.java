package dev.sidecar.server.compare;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What fits on a terminal: measured facts, no advice. */
final class Summary {

    private static final double MEGABYTE = 1 << 20;

    private final PrintWriter out;
    private final JsonNode report;

    Summary(PrintWriter out, JsonNode report) {
        this.out = out;
        this.report = report;
    }

    void print() {
        row("median (99th percentile), µs", way -> way.title());
        for (JsonNode operation : report.path("operations")) {
            row(operation.path("title").asString(), way -> latency(operation, way));
        }
        out.println();
        row("memory under load, PSS in MB", way -> way.title());
        row("application", way -> megabytes(way, "app"));
        row("its sidecar", way -> megabytes(way, "sidecar"));
        out.println();
        row("start, ms", way -> way.title());
        row("application ready", way -> millis(way, "appReadyMs"));
        row("its sidecar ready, before that", way -> millis(way, "sidecarReadyMs"));
        out.println();
        report.path("blastRadius")
                .forEach(run -> out.println(
                        run.path("fault").asString() + ", " + run.path("way").asString() + ": "
                                + run.path("verdict").asString()));
        out.println(report.path("noise").path("note").asString());
        out.flush();
    }

    private void experiment(JsonNode run) {
        out.println(run.path("fault").asString() + ", " + run.path("way").asString() + ": "
                + run.path("verdict").asString());
    }

    /** One column for each way. */
    private interface Column {
        String of(Way way);
    }

    private void row(String title, Column column) {
        StringBuilder line = new StringBuilder(String.format("%-32s", title));
        for (Way way : Way.values()) {
            line.append(String.format("%22s", column.of(way)));
        }
        out.println(line);
    }

    private static String latency(JsonNode operation, Way way) {
        JsonNode paced = operation.path("ways").path(way.id()).path("paced");
        return paced.isMissingNode()
                ? "-"
                : number(paced.path("p50Us").asDouble()) + " ("
                        + number(paced.path("p99Us").asDouble()) + ")";
    }

    private String megabytes(Way way, String process) {
        JsonNode bytes =
                report.path("memory").path(way.id()).path(process).path("load").path("pssBytes");
        return bytes.isMissingNode() ? "-" : number(bytes.asDouble() / MEGABYTE);
    }

    private String millis(Way way, String what) {
        JsonNode median = report.path("startUp").path(way.id()).path(what).path("median");
        return median.isMissingNode() ? "-" : number(median.asDouble());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
