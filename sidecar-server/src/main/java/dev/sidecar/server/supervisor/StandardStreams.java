package dev.sidecar.server.supervisor;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** Our own standard output and error, without the buffering and swallowing of {@link System#out}. */
final class StandardStreams {

    private StandardStreams() {}

    static OutputStream out() {
        return new FileOutputStream(FileDescriptor.out);
    }

    static OutputStream err() {
        return new FileOutputStream(FileDescriptor.err);
    }
}
