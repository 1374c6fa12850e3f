package dev.sidecar.config.render;

import dev.sidecar.config.Config;
import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** One file that is kept equal to the configuration. For one thread at a time. */
final class RenderedFile {

    private static final long MAX_COMPARED = 64L << 20;

    private final RenderOptions options;

    RenderedFile(RenderOptions options) {
        this.options = options;
    }

    RenderOptions options() {
        return options;
    }

    /** Returns whether the file was another one before. */
    boolean render(Config config) throws IOException {
        byte[] content = options.format()
                .render(config.entries(options.prefix()).entries())
                .getBytes(StandardCharsets.UTF_8);
        Path file = options.destination();
        if (isThere(file, content)) {
            return false;
        }
        AtomicFiles.replace(file, content, options.mode());
        return true;
    }

    private boolean isThere(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) < MAX_COMPARED
                && Files.getPosixFilePermissions(file).equals(options.mode())
                && Arrays.equals(Files.readAllBytes(file), content);
    }
}
