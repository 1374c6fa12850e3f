package dev.sidecar.config.render;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One item of {@code sidecar.config.render}: a file of effective values.
 *
 * @param destination the file; its directory is there already
 * @param prefix a key, for it and all below it; empty for all
 * @param signal sent to the application after the file was changed, such as {@code HUP}; null for none
 * @param mode of the file
 */
public record RenderOptions(
        Path destination, RenderFormat format, String prefix, @Nullable String signal, Set<PosixFilePermission> mode) {

    public RenderOptions {
        mode = Set.copyOf(mode);
    }
}
