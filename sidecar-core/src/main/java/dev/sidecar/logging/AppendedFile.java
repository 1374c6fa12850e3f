package dev.sidecar.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file, written only at its end, by one write of the operating system at a time. Opened anew when another file, or
 * none, is found under its name. Not thread-safe.
 */
final class AppendedFile {

    /** A write of more than this is only done for a line that is longer. */
    static final int MAX_WRITE = 1 << 16;

    private final Path path;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_WRITE);
    private @Nullable FileChannel channel;
    private @Nullable Object key;

    AppendedFile(Path path) {
        this.path = path;
    }

    /** Makes sure that the file under the name is the one written to. */
    void open() throws IOException {
        if (channel == null || !channel.isOpen() || !isStillThere()) {
            close();
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
            key = keyOf(path);
        }
    }

    private boolean isStillThere() throws IOException {
        try {
            return keyOf(path).equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Object keyOf(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }

    long size() throws IOException {
        return current().size();
    }

    /** Appends the bytes; when it throws, none of them is there unless another process wrote in between. */
    void append(byte[] bytes, int from, int to) throws IOException {
        ByteBuffer whole = to - from <= MAX_WRITE ? buffer : ByteBuffer.allocateDirect(to - from);
        whole.clear().put(bytes, from, to - from).flip();
        // A channel that is interrupted closes itself, and says nothing of what it has written.
        boolean interrupted = Thread.interrupted();
        try {
            write(whole);
        } catch (ClosedByInterruptException e) {
            interrupted = true;
            Thread.interrupted();
            again(whole, bytes, from, to);
        } catch (IOException e) {
            undo(bytes, from, whole.position());
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(ByteBuffer whole) throws IOException {
        while (whole.hasRemaining()) {
            current().write(whole);
        }
    }

    private void again(ByteBuffer whole, byte[] bytes, int from, int to) throws IOException {
        open();
        if (!endsWith(bytes, from, to - from)) {
            whole.rewind();
            write(whole);
        }
    }

    /** Takes back a part of a line, unless something else is behind it. */
    private void undo(byte[] bytes, int from, int written) {
        if (written == 0) {
            return;
        }
        try {
            if (endsWith(bytes, from, written)) {
                current().truncate(size() - written);
            }
        } catch (IOException e) {
            // The write has failed already, and that is what is told.
            close();
        }
    }

    private boolean endsWith(byte[] bytes, int from, int length) throws IOException {
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            long start = reader.size() - length;
            ByteBuffer end = ByteBuffer.allocate(length);
            while (start >= 0 && end.hasRemaining() && reader.read(end, start + end.position()) > 0) {
                // Reads on.
            }
            return !end.hasRemaining() && Arrays.equals(end.array(), 0, length, bytes, from, from + length);
        }
    }

    private FileChannel current() throws IOException {
        if (channel == null) {
            throw new IOException(path + " is not open");
        }
        return channel;
    }

    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing is buffered here, so nothing is lost.
            }
            channel = null;
        }
    }
}
