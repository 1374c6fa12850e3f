package dev.sidecar.logging;

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
import org.jspecify.annotations.Nullable;

/**
 * One file, written only at its end, by one write of the operating system at a time. Opened anew when another file, or
 * none, is found under its name. Not thread-safe. Streams are used, not channels, because an interrupt of the writing
 * thread closes a channel.
 */
final class AppendedFile {

    /** What one write of a Java stream hands over at once; more is only written for a line that is longer. */
    static final int MAX_WRITE = 1 << 16;

    private final Path path;
    private @Nullable FileOutputStream stream;
    private @Nullable Object key;

    AppendedFile(Path path) {
        this.path = path;
    }

    /** Makes sure that the file under the name is the one written to; returns its size. */
    long open() throws IOException {
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
    void append(byte[] bytes, int from, int to, long size) throws IOException {
        if (stream == null) {
            throw new IOException(path + " is not open");
        }
        try {
            stream.write(bytes, from, to - from);
        } catch (IOException e) {
            undo(bytes, from, to, size);
            throw e;
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

    void close() {
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
