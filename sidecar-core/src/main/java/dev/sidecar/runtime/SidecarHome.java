package dev.sidecar.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where sidecars and libraries of one host keep what they share. Directories are made on first use, for the owner
 * only (0700).
 *
 * @param path by default {@code ~/.sidecar}, or {@code SIDECAR_HOME}
 */
public record SidecarHome(Path path) {

    /** {@code SIDECAR_HOME} where it is set, else {@code ~/.sidecar}. */
    public static SidecarHome byDefault() {
        String home = System.getenv("SIDECAR_HOME");
        return new SidecarHome(
                home == null || home.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".sidecar")
                        : Path.of(home).toAbsolutePath());
    }

    /** Registrations, one file each. */
    public Path registry() {
        return directory("registry");
    }

    /** Instances an operator took out of service, one file each. */
    public Path maintenance() {
        return directory("maintenance");
    }

    /** The configuration store. */
    public Path config() {
        return directory("config");
    }

    /** Sockets, tokens and the like of running processes. */
    public Path run() {
        return directory("run");
    }

    /** Log records that are still to be sent, a directory for each owner. */
    public Path spool() {
        return directory("spool");
    }

    /** Native libraries, unpacked for all. */
    public Path libraries() {
        return directory("lib");
    }

    private Path directory(String name) {
        Path directory = path.resolve(name);
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "sidecar.home: cannot make '" + directory + "': " + e.getMessage() + "; give a writable directory",
                    e);
        }
        return directory;
    }
}
