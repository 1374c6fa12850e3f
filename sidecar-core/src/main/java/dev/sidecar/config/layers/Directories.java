package dev.sidecar.config.layers;

import java.nio.file.Path;

/** Where files are. */
final class Directories {

    private Directories() {}

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
