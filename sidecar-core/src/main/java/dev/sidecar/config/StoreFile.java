package dev.sidecar.config;

import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.SidecarHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the store is on the disk. The file itself is never opened here: closing it would drop the locks that SQLite
 * holds on it for the whole process.
 */
final class StoreFile {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);

    private static final String NAME = "store.db";
    private static final String DAMAGED = "damaged";
    private static final Object ONE_AT_A_TIME = new Object();

    private final SidecarHome home;

    StoreFile(SidecarHome home) {
        this.home = home;
    }

    /** The driver will find what it needs. */
    void placeDriver() {
        SqliteLibrary.place(home);
    }

    /** Made if it is not there. */
    Path directory() throws IOException {
        try {
            return home.config();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    Path path() throws IOException {
        return directory().resolve(NAME);
    }

    /** Where it is or would be; nothing is made. */
    Path location() {
        return place().resolve(NAME);
    }

    private Path place() {
        return home.path().resolve("config");
    }

    /** Tells this file from another one that takes its place; null when there is none. */
    @Nullable
    Object identity() throws IOException {
        try {
            Path path = location();
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return Objects.requireNonNullElse(found.fileKey(), path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    long size() throws IOException {
        return Files.exists(path()) ? Files.size(path()) : 0;
    }

    /** Whether there is a directory that nobody can write to. */
    boolean isReadOnly() {
        Path directory = place();
        return Files.isDirectory(directory) && !Files.isWritable(directory);
    }

    boolean hasLog() throws IOException {
        Path log = directory().resolve(NAME + "-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }

    /** Whether a store was once set aside: indexes of the one there is now must differ from the old one's. */
    boolean replacesDamaged() throws IOException {
        return Files.exists(directory().resolve(NAME + "." + DAMAGED));
    }

    /** Gives the damaged file another name, unless another process already did. */
    void setAside(@Nullable Object damaged, String reason) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            Path path = path();
            try (FileChannel channel = FileChannel.open(
                            path.resolveSibling("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (damaged == null || !damaged.equals(identity()) || !lock.isValid()) {
                    return;
                }
                Path aside = path.resolveSibling(NAME + "." + DAMAGED);
                for (String part : new String[] {"-wal", "-shm", ""}) {
                    Path from = path.resolveSibling(NAME + part);
                    if (Files.exists(from)) {
                        AtomicFiles.move(from, aside.resolveSibling(aside.getFileName() + part));
                    }
                }
                LOG.error(
                        "The config store was damaged ({}) and is kept as '{}'; an empty one is used from now on."
                                + " Write its values again, or stop all sidecars and put a copy in its place",
                        reason,
                        aside);
            }
        }
    }
}
