package dev.sidecar.logging.spool;

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
            sync(directory.toAbsolutePath().getParent());
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

    /** Makes sure that names made or removed in the directory are on the disk. */
    static void sync(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
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
