package dev.sidecar.server.edge.file;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What is being done to a target, written down before it is done. One apply at a time. */
public final class Journal {

    private final Path file;

    public Journal(Path file) {
        this.file = file;
    }

    /**
     * An apply that has begun.
     *
     * @param generation of the new content
     * @param before the content to go back to; null when there was no file
     * @param installing whether the target may have been touched
     */
    public record Entry(String generation, @Nullable String before, boolean installing) {}

    public void write(Entry entry) throws IOException {
        AtomicFiles.replace(file, SidecarJson.mapper().writeValueAsBytes(entry), true);
    }

    public void end() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The apply that did not end. */
    public Optional<Entry> read() throws IOException {
        try {
            return Optional.of(SidecarJson.mapper().readValue(Files.readString(file), Entry.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /** A text kept beside the journal. */
    public void keep(String name, String text) throws IOException {
        AtomicFiles.replace(file.resolveSibling(name), text.getBytes(StandardCharsets.UTF_8), true);
    }

    /** What was kept; null when nothing was. */
    public @Nullable String kept(String name) throws IOException {
        try {
            return Files.readString(file.resolveSibling(name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
