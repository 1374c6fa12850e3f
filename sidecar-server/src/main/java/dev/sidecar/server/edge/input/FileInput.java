package dev.sidecar.server.edge.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One file's content; the last that could be read while it cannot. Not thread-safe but for {@link #stamp()}. */
final class FileInput {

    private static final long MAX_BYTES = 1 << 20;

    private final String name;
    private final Path file;
    private @Nullable String content;
    private @Nullable Instant confirmedAt;
    private @Nullable String stale;

    FileInput(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /** Differs when the file does; cheap to ask for. */
    static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "none";
        }
    }

    Path file() {
        return file;
    }

    synchronized @Nullable String read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("is larger than 1 MiB");
            }
            content = Files.readString(file);
            confirmedAt = Instant.now();
            stale = null;
        } catch (IOException e) {
            stale = file + " cannot be read: " + e.getMessage();
        }
        return content;
    }

    synchronized InputState state() {
        return new InputState("file", name, confirmedAt, stale);
    }
}
