package dev.sidecar.server.compare;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
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
        others();
        users();
        out.println();
        row("memory under load, PSS in MB", way -> way.title());
        row("application", way -> megabytes(way, "app"));
        row("its sidecar", way -> megabytes(way, "sidecar"));
        out.println();
        row("start, ms", way -> way.title());
        row("application ready", way -> millis(way, "appReadyMs"));
        row("its sidecar ready, before that", way -> millis(way, "sidecarReadyMs"));
        out.println();
        report.path("blastRadius").forEach(this::experiment);
        report.path("upgrade").forEach(this::experiment);
        report.path("plan")
                .path("leftOut")
                .forEach(one -> out.println("There was no time for: " + one.asString() + "."));
        out.println(report.path("noise").path("note").asString());
        out.flush();
    }

    private void experiment(JsonNode run) {
        out.println(run.path("fault").asString() + ", " + run.path("way").asString() + ": "
                + run.path("verdict").asString());
    }

    private void others() {
        for (JsonNode client : report.path("clients")) {
            String language = client.path("language").asString();
            if (client.has("error")) {
                out.println(language + " could not be measured: "
                        + client.path("error").asString());
            }
            Set<String> operations = new LinkedHashSet<>();
            client.path("results")
                    .forEach(one -> operations.add(one.path("operation").asString()));
            operations.forEach(operation -> row(language + ": " + operation, way -> latency(client, operation, way)));
        }
    }

    private void users() {
        report.path("app").path("ways").properties().forEach(one -> {
            out.println();
            out.println("your application, " + one.getKey() + ": ready in "
                    + number(one.getValue().path("readyMs").path("median").asDouble()) + " ms, "
                    + number(one.getValue().path("appCpuUs").asDouble()
                            + one.getValue().path("sidecarCpuUs").asDouble())
                    + " µs of processor a request");
            one.getValue()
                    .path("requests")
                    .forEach(request ->
                            out.println("  " + request.path("request").asString() + ": "
                                    + number(request.path("p50Us").asDouble()) + " µs ("
                                    + number(request.path("p99Us").asDouble()) + "), "
                                    + request.path("failed").asLong() + " failed"));
        });
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
        return latency(operation.path("ways").path(way.id()).path("paced"));
    }

    private static String latency(JsonNode client, String operation, Way way) {
        for (JsonNode one : client.path("results")) {
            if (one.path("operation").asString().equals(operation)
                    && one.path("way").asString().equals(way.id())) {
                return latency(one.path("paced"));
            }
        }
        return "-";
    }

    private static String latency(JsonNode paced) {
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
