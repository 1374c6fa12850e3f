package dev.sidecar.server.compare;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
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

    private static final Set<PosixFilePermission> FOR_ALL_TO_READ = PosixFilePermissions.fromString("rw-r--r--");

    /** Throws {@link IllegalArgumentException} where it is no report. */
    static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("--baseline: '" + file + "' "
                    + (Files.exists(file) ? "is not a file that can be read" : "does not exist")
                    + "; give an earlier compare.json");
        }
        JsonNode report;
        try {
            report = SidecarJson.mapper().readTree(Files.readString(file));
        } catch (JacksonException | CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "--baseline: '" + file + "' is not JSON; give an earlier compare.json", e);
        }
        if (!report.path("schema").asString("").equals(SCHEMA)) {
            throw new IllegalArgumentException(
                    "--baseline: '" + file + "' is not a report of schema " + SCHEMA + "; give a compare.json");
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
            one.put("sure", change.isSure());
        });
    }

    /** Makes the directory and sees whether files can be made in it, before a measurement is made for nothing. */
    static void prepare(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, AtomicFiles.STAGING_PREFIX, ""));
        } catch (IOException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "--out: '" + directory + "' cannot be written to (" + reason(e) + "); give another directory", e);
        }
    }

    private static String reason(Exception e) {
        String name = e.getClass().getSimpleName();
        return name.endsWith("Exception")
                ? name.replaceAll("Exception$", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT)
                : name;
    }

    static void write(Path directory, JsonNode report) throws IOException {
        String json = report.toPrettyString() + "\n";
        AtomicFiles.replace(directory.resolve("compare.json"), json.getBytes(StandardCharsets.UTF_8), FOR_ALL_TO_READ);
        AtomicFiles.replace(
                directory.resolve("index.html"), Page.of(report).getBytes(StandardCharsets.UTF_8), FOR_ALL_TO_READ);
    }
}
