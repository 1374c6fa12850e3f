package dev.sidecar.server.edge.apply;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.server.edge.file.Journal;
import dev.sidecar.server.edge.input.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The configurations that were confirmed, last and last but one, with the servers in them. What an apply needs is
 * written before it begins, so that a full disk stops it then; afterwards files only change their names.
 */
public final class LastGood {

    private static final TypeReference<Map<String, List<Server>>> SERVERS = new TypeReference<>() {};

    private final Path directory;
    private final Journal texts;

    /** @param directory of the proxy, which exists */
    public LastGood(Path directory) {
        this.directory = directory;
        this.texts = new Journal(directory.resolve("journal.json"));
    }

    Journal journal() {
        return texts;
    }

    /** The content that is served; empty when there is none. */
    public String content() throws IOException {
        return text("good");
    }

    /** The one before; empty when there is none. */
    public String previous() throws IOException {
        return text("previous");
    }

    private String text(String name) throws IOException {
        String text = texts.kept(name);
        return text == null ? "" : text;
    }

    /** The servers of the last good one, by service. */
    public Map<String, List<Server>> servers() throws IOException {
        return read("good.json");
    }

    /** The servers of the one before. */
    public Map<String, List<Server>> previousServers() throws IOException {
        return read("previous.json");
    }

    private Map<String, List<Server>> read(String name) throws IOException {
        String json = texts.kept(name);
        try {
            return json == null ? Map.of() : SidecarJson.mapper().readValue(json, SERVERS);
        } catch (JacksonException e) {
            return Map.of();
        }
    }

    void prepare(Candidate candidate) throws IOException {
        texts.keep("next", candidate.content());
        texts.keep("next.json", SidecarJson.mapper().writeValueAsString(candidate.servers()));
    }

    /** What was prepared is good now. */
    void keep() throws IOException {
        if (!text("next").equals(text("good"))) {
            rename("good", "previous");
            rename("good.json", "previous.json");
        }
        rename("next.json", "good.json");
        rename("next", "good");
    }

    /** Ends a {@link #keep} that a kill cut in two: there is no good one, and what was prepared is in its place. */
    void finish(@Nullable String inPlace) throws IOException {
        boolean begun = Files.exists(directory.resolve("previous")) || Files.exists(directory.resolve("good.json"));
        if (begun && !Files.exists(directory.resolve("good")) && text("next").equals(inPlace)) {
            keep();
        }
    }

    /** An operator's wish not to go on from where it was rolled back to. */
    public void pin(boolean pinned) throws IOException {
        if (pinned) {
            texts.keep("pinned", "");
        } else {
            Files.deleteIfExists(directory.resolve("pinned"));
        }
    }

    public boolean pinned() {
        return Files.exists(directory.resolve("pinned"));
    }

    private void rename(String from, String to) throws IOException {
        Path file = directory.resolve(from);
        if (Files.exists(file)) {
            AtomicFiles.move(file, directory.resolve(to));
        }
    }
}
