package dev.sidecar.server.offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** By what a changed file is recognised: another file there, another size, another time. */
record Fingerprint(@Nullable Object key, FileTime modified, long size, boolean directory) {

    static Fingerprint of(BasicFileAttributes attributes) {
        return new Fingerprint(
                attributes.fileKey(), attributes.lastModifiedTime(), attributes.size(), attributes.isDirectory());
    }

    /** What is there now; null when nothing is, or nothing that may be read. */
    static @Nullable Fingerprint of(Path path) {
        // An exception costs more than the question whether there is anything.
        return path.toFile().exists() ? ofThere(path) : null;
    }

    /** The same where most likely there is something. */
    static @Nullable Fingerprint ofThere(Path path) {
        try {
            return of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException gone) {
            return null;
        }
    }
}
