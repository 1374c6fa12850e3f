package dev.sidecar.discovery;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.SidecarHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** The registry on disk: one file a lease, always replaced as a whole, so that many processes need no lock. */
final class RegistryDirectory {

    /** Far above the largest registration that is allowed. */
    private static final int MAX_ROW_BYTES = 256 * 1024;

    /** A later version may write more than this one knows. */
    private static final ObjectReader ROWS = SidecarJson.mapper()
            .readerFor(RegistryRow.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final SidecarHome home;

    RegistryDirectory(SidecarHome home) {
        this.home = home;
    }

    /** The directory, made if it is not there. */
    Path path() throws IOException {
        try {
            return home.registry();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Tells this directory from another one that takes its place. */
    Object identity() throws IOException {
        Path path = path();
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }

    void write(RegistryRow row) throws IOException {
        byte[] json = SidecarJson.mapper().writeValueAsBytes(row);
        Path file = path().resolve(fileName(row));
        // Not durable: a power cut ends all leases anyway.
        AtomicFiles.replace(file, json, false);
    }

    /** Names of all files with what tells one content from the next. Directories and the like are in it too. */
    Map<String, Object> list() throws IOException {
        Map<String, Object> files = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path())) {
            for (Path entry : entries) {
                try {
                    BasicFileAttributes found = attributes(entry);
                    files.put(
                            Objects.toString(entry.getFileName()),
                            new Fingerprint(
                                    Objects.toString(found.fileKey()),
                                    found.lastModifiedTime().toInstant(),
                                    found.size()));
                } catch (NoSuchFileException e) {
                    // Gone since it was listed.
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** Never throws for what is in the file; only when the directory cannot be had. */
    RegistryFile read(String fileName) throws IOException {
        return read(path().resolve(fileName), fileName);
    }

    private static RegistryFile read(Path file, String expectedName) {
        Instant modifiedAt = Instant.MAX;
        try {
            BasicFileAttributes found = attributes(file);
            modifiedAt = found.lastModifiedTime().toInstant();
            if (!found.isRegularFile() || !RegistryFileName.isOurs(expectedName)) {
                return new RegistryFile.Damaged("not a file of the registry", false, modifiedAt);
            }
            byte[] json;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                json = in.readNBytes(MAX_ROW_BYTES + 1);
            }
            if (json.length > MAX_ROW_BYTES) {
                return new RegistryFile.Damaged("larger than " + MAX_ROW_BYTES + " bytes", true, modifiedAt);
            }
            RegistryRow row = ROWS.readValue(json);
            check(row);
            return fileName(row).equals(expectedName)
                    ? new RegistryFile.Present(row)
                    : new RegistryFile.Damaged("holds another instance than its name says", true, modifiedAt);
        } catch (NoSuchFileException e) {
            return new RegistryFile.Absent();
        } catch (IOException | RuntimeException e) {
            return new RegistryFile.Damaged(firstLine(e), true, modifiedAt);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }

    /** What JSON leaves out is null, whatever the types say. */
    private static void check(RegistryRow row) {
        Objects.requireNonNull(row, "row");
        Objects.requireNonNull(row.boot(), "boot");
        ServiceInstance i = Objects.requireNonNull(row.instance(), "instance");
        Objects.requireNonNull(i.registeredAt(), "registeredAt");
        Objects.requireNonNull(i.renewedAt(), "renewedAt");
        Objects.requireNonNull(i.expiresAt(), "expiresAt");
        if (row.owner() != null) {
            Objects.requireNonNull(row.owner().pidNamespace(), "pidNamespace");
        }
        Registration.of(i);
    }

    /** Removes the file whatever it holds. Returns whether there was one. */
    boolean remove(String fileName) throws IOException {
        return Files.deleteIfExists(path().resolve(fileName));
    }

    /**
     * Removes the file only if it holds what is meant. It is moved aside first and looked at there, so that a
     * registration that comes in between is not lost.
     */
    void remove(String fileName, Predicate<RegistryFile> meant) throws IOException {
        Path file = path().resolve(fileName);
        Path aside = AtomicFiles.stagingFor(file);
        try {
            AtomicFiles.move(file, aside);
            if (!meant.test(read(aside, fileName))) {
                Files.createLink(file, aside);
            }
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            // Somebody removed it first, or wrote a newer one.
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    static String fileName(RegistryRow row) {
        return RegistryFileName.of(row.instance().service(), row.instance().instance());
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private record Fingerprint(String file, Instant modifiedAt, long size) {}
}
