package dev.sidecar.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a kernel, as a test wants them. */
public record Tree(Path root) {

    /** Writes a file, with the directories it is in. */
    public Tree with(String path, String content) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public LinuxFiles files() {
        return LinuxFiles.below(root);
    }
}
