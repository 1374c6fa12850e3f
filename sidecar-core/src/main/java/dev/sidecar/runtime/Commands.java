package dev.sidecar.runtime;

import java.io.IOException;
import java.util.List;

/** The one place where processes are started. A program and its arguments; no shell is ever put in between. */
public final class Commands {

    private Commands() {}

    /** A builder for the command, for its owner to set streams and environment. */
    public static ProcessBuilder of(List<String> command) {
        return new ProcessBuilder(command);
    }

    /** Starts what the builder describes. */
    public static Process start(ProcessBuilder builder) throws IOException {
        return builder.start();
    }
}
