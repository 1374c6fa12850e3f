package dev.sidecar.server.supervisor;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Our own standard output or error, without the swallowing of {@link System#out}, and with a memory of whether its
 * reader has gone. Thread-safe.
 */
final class StandardStream extends OutputStream {

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_PIPE = 0010000;
    private static final int TYPE_SOCKET = 0140000;

    private final FileOutputStream file;
    private final boolean hasReader;
    private volatile boolean abandoned;

    private StandardStream(FileDescriptor descriptor, int number) {
        file = new FileOutputStream(descriptor);
        hasReader = hasReader(number);
    }

    static StandardStream out() {
        return new StandardStream(FileDescriptor.out, 1);
    }

    static StandardStream err() {
        return new StandardStream(FileDescriptor.err, 2);
    }

    /** A file whose disk is full has none: it says nothing of whether anybody wants to read. */
    private static boolean hasReader(int number) {
        try {
            int mode = (Integer) Files.getAttribute(Path.of("/proc/self/fd", Integer.toString(number)), "unix:mode");
            return (mode & TYPE_MASK) == TYPE_PIPE || (mode & TYPE_MASK) == TYPE_SOCKET;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            file.write(bytes, from, length);
        } catch (IOException e) {
            abandoned = hasReader;
            throw e;
        }
    }

    /** What to put in the place of {@link System#out} or {@link System#err}, so that its failures are seen here. */
    PrintStream printing() {
        return new PrintStream(new BufferedOutputStream(this), true, StandardCharsets.UTF_8);
    }

    /** Takes everything and writes nothing, and fails once the reader of this stream was found to have gone. */
    OutputStream echo() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                requireReader();
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                requireReader();
            }
        };
    }

    private void requireReader() throws IOException {
        if (abandoned) {
            throw new IOException("nobody reads it any more");
        }
    }
}
