package dev.sidecar.server.compare;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The two files of a comparison; the schema of the JSON is in {@code docs/choosing.md}. */
final class Report {

    /** Raised when a reader of the old one would be misled. */
    static final String SCHEMA = "sidecar-compare/1";

    private Report() {}

    static ObjectNode empty() {
        ObjectNode report = Json.object();
        report.put("schema", SCHEMA);
        return report;
    }

    /** Throws {@link IllegalArgumentException} where it is no report. */
    static JsonNode read(Path file) throws IOException {
        JsonNode report = SidecarJson.mapper().readTree(Files.readString(file));
        if (!report.path("schema").asString("").equals(SCHEMA)) {
            throw new IllegalArgumentException(
                    "'" + file + "' is not a report of schema " + SCHEMA + "; give a compare.json");
        }
        return report;
    }

    static void addBaseline(ObjectNode report, JsonNode before, List<Baseline.Change> changes) {
        ObjectNode node = report.putObject("baseline");
        node.set("createdAt", before.path("createdAt"));
        ArrayNode all = node.putArray("changes");
        changes.forEach(change -> {
            ObjectNode one = all.addObject();
            one.put("what", change.what());
            one.put("before", change.before());
            one.put("after", change.after());
            one.put("percent", Json.rounded(change.percent()));
            one.put("confidence", Json.rounded(change.confidence()));
        });
    }

    static void write(Path directory, JsonNode report) throws IOException {
        Files.createDirectories(directory);
        String json = report.toPrettyString() + "\n";
        AtomicFiles.replace(directory.resolve("compare.json"), json.getBytes(StandardCharsets.UTF_8), false);
        AtomicFiles.replace(directory.resolve("index.html"), Page.of(report).getBytes(StandardCharsets.UTF_8), false);
    }
}
