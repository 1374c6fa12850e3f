package dev.sidecar.logging.spool;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that this process owns, by a lock of the operating system that ends with it, however it ends. The first
 * owner of a name gets {@code <name>}, one that lives beside it {@code <name>~2}, and so on; who comes later takes over
 * what the dead have left.
 */
final class SpoolDirectory implements AutoCloseable {

    private static final int MAX_OWNERS = 64;
    private static final String LOCK = "owner.lock";

    /** The home and the one it is in. */
    private static final int ANCESTORS = 2;

    /** Two files of one process on the same path would share, and lose, their lock. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private SpoolDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    Path path() {
        return path;
    }

    /** The first directory of the name that nobody owns. */
    static SpoolDirectory claim(Path root, String name) throws IOException {
        for (int i = 1; i <= MAX_OWNERS; i++) {
            SpoolDirectory claimed = tryClaim(root.resolve(i == 1 ? name : name + "~" + i));
            if (claimed != null) {
                return claimed;
            }
        }
        throw new IOException("more than " + MAX_OWNERS + " processes named '" + name + "' have a spool in " + root);
    }

    /** One that holds segments of an owner who is gone, and is the caller's from now on; null when there is none. */
    static @Nullable SpoolDirectory orphan(Path root, String name) throws IOException {
        Pattern siblings = Pattern.compile(Pattern.quote(name) + "(~[0-9]+)?");
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
                if (siblings.matcher(String.valueOf(entry.getFileName())).matches() && hasSegments(entry)) {
                    SpoolDirectory claimed = tryClaim(entry);
                    if (claimed != null) {
                        return claimed;
                    }
                }
            }
        }
        return null;
    }

    private static boolean hasSegments(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(Segment.SUFFIX));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable SpoolDirectory tryClaim(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            syncNames(directory);
        }
        Path real = directory.toRealPath();
        if (!OURS.add(real)) {
            return null;
        }
        FileChannel file = null;
        try {
            file = FileChannel.open(
                    real.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            FileLock lock = file.tryLock();
            if (lock != null) {
                return new SpoolDirectory(real, file);
            }
        } catch (IOException | RuntimeException e) {
            release(real, file);
            if (e instanceof OverlappingFileLockException) {
                return null;
            }
            throw e;
        }
        release(real, file);
        return null;
    }

    /** A directory is no safer than those it is in, and some of them may have been made just before. */
    private static void syncNames(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        AtomicFiles.syncDirectory(parent);
        for (int i = 0; i < ANCESTORS && parent != null; i++) {
            parent = parent.getParent();
            try {
                AtomicFiles.syncDirectory(parent);
            } catch (IOException e) {
                // One that is not ours to open was there before us.
                return;
            }
        }
    }

    private static void release(Path path, @Nullable FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // The lock is gone with the process at the latest.
        } finally {
            OURS.remove(path);
        }
    }

    @Override
    public void close() {
        release(path, lockFile);
    }
}
