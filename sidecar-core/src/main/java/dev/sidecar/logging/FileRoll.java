package dev.sidecar.logging;

import dev.sidecar.logging.LoggingOptions.RollingFile;
import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Renames {@code app.log} to {@code app.log.1}, that to {@code app.log.2} and so on, and removes the last. One process
 * rolls at a time, and one that comes second finds the work done.
 */
final class FileRoll {

    /** A file lock keeps other processes out, but is not to be asked for twice by one. */
    private static final ReentrantLock ROLLING = new ReentrantLock();

    private final RollingFile options;

    FileRoll(RollingFile options) {
        this.options = options;
    }

    boolean isDue(long size, int more) {
        return size > 0 && size + more > options.maxSizeBytes();
    }

    /** Rolls unless somebody else just did. When it cannot be done, the file grows on: better than to lose records. */
    void roll(int more) {
        boolean interrupted = Thread.interrupted();
        ROLLING.lock();
        try (FileChannel channel =
                        FileChannel.open(numbered("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && Files.exists(options.path()) && isDue(Files.size(options.path()), more)) {
                shift();
            }
        } catch (IOException e) {
            interrupted |= Thread.interrupted();
        } finally {
            ROLLING.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void shift() throws IOException {
        int last = options.maxFiles() - 1;
        if (last < 1) {
            Files.delete(options.path());
            return;
        }
        for (int i = last; i > 0; i--) {
            Path from = i == 1 ? options.path() : numbered(String.valueOf(i - 1));
            if (Files.exists(from)) {
                AtomicFiles.move(from, numbered(String.valueOf(i)));
            }
        }
    }

    private Path numbered(String suffix) {
        return options.path().resolveSibling(options.path().getFileName() + "." + suffix);
    }
}
