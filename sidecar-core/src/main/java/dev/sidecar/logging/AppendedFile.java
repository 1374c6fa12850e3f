package dev.sidecar.logging;

import dev.sidecar.runtime.AtomicFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One file, written only at its end, by one write of the operating system at a time. Opened anew when another file, or
 * none, is found under its name. One thread writes at a time; {@link #sync} may be called by many beside it. Streams are
 * used, not channels, because an interrupt of the writing thread closes a channel.
 */
final class AppendedFile {

    /** What one write of a Java stream hands over at once; more is only written for a line that is longer. */
    static final int MAX_WRITE = 1 << 16;

    private final Path path;
    private final ReentrantLock syncing = new ReentrantLock();
    private @Nullable FileOutputStream stream;
    private @Nullable Object key;

    /** A pipe, a terminal or a device cannot be synced. */
    private boolean onDisk;

    /** Bytes since the start: written, on the disk, and those a sync of which failed, so that no other is believed. */
    private long appended;

    private long synced;
    private long doubtful;

    /** Files opened, and those whose name is on the disk too. */
    private long opened;

    private long named;

    AppendedFile(Path path) {
        this.path = path;
    }

    /** Makes sure that the file under the name is the one written to; returns its size. */
    synchronized long open() throws IOException {
        BasicFileAttributes there = attributes();
        if (stream == null || there == null || !Objects.equals(key, there.fileKey())) {
            close();
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            if (there == null) {
                create();
            }
            stream = new FileOutputStream(path.toFile(), true);
            there = Files.readAttributes(path, BasicFileAttributes.class);
            key = there.fileKey();
            onDisk = there.isRegularFile();
            opened++;
        }
        return there.size();
    }

    private @Nullable BasicFileAttributes attributes() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void create() throws IOException {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        } catch (FileAlreadyExistsException e) {
            // Somebody was quicker, or it is a link to a file that is not there yet.
        }
    }

    /**
     * Appends the bytes; when it throws, none of them is there unless another process wrote in between.
     *
     * @param size of the file as {@link #open()} returned it
     */
    synchronized void append(byte[] bytes, int from, int to, long size) throws IOException {
        if (stream == null) {
            throw new IOException(path + " is not open");
        }
        try {
            stream.write(bytes, from, to - from);
        } catch (IOException e) {
            undo(bytes, from, to, size);
            throw e;
        }
        appended += to - from;
    }

    /** Bytes appended so far. */
    synchronized long appended() {
        return appended;
    }

    /** Returns once so many bytes are on the disk; callers that come together share one sync. */
    void sync(long position) throws IOException {
        syncing.lock();
        try {
            FileOutputStream current;
            long bytes;
            long files;
            boolean unnamed;
            synchronized (this) {
                if (!onDisk || isSynced(position)) {
                    return;
                }
                current = stream;
                bytes = appended;
                files = opened;
                unnamed = files > named;
            }
            IOException failure = synced(current, unnamed);
            synchronized (this) {
                if (failure == null) {
                    synced = Math.max(synced, bytes);
                    named = Math.max(named, files);
                } else if (!isSynced(position)) {
                    // Otherwise it was closed meanwhile, and synced by that.
                    doubtful = Math.max(doubtful, bytes);
                    throw failure;
                }
            }
        } finally {
            syncing.unlock();
        }
    }

    private boolean isSynced(long position) throws IOException {
        if (position <= doubtful) {
            throw new IOException("a part of " + path + " could not be synced");
        }
        return position <= synced;
    }

    private @Nullable IOException synced(@Nullable FileOutputStream file, boolean unnamed) {
        try {
            if (file == null) {
                return new IOException(path + " is not open");
            }
            file.getFD().sync();
            if (unnamed) {
                AtomicFiles.syncDirectory(path.toAbsolutePath().getParent());
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Takes back a part of a line, unless it cannot be told from what somebody else wrote. */
    private void undo(byte[] bytes, int from, int to, long size) {
        close();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long written = file.length() - size;
            if (written > 0 && written <= to - from) {
                byte[] end = new byte[(int) written];
                file.seek(size);
                file.readFully(end);
                if (Arrays.equals(end, 0, end.length, bytes, from, from + end.length)) {
                    file.setLength(size);
                }
            }
        } catch (IOException e) {
            // The write has failed already, and that is what is told.
        }
    }

    /** Syncs what is not on the disk yet, since nobody else can later. */
    synchronized void close() {
        if (stream != null && onDisk && synced < appended) {
            if (synced(stream, opened > named) == null) {
                synced = appended;
                named = opened;
            } else {
                doubtful = appended;
            }
        }
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // Nothing is buffered here, so nothing is lost.
            }
            stream = null;
        }
    }
}
