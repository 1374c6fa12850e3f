package dev.sidecar.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    /** Where a program of this name would be started from, by this process's {@code PATH}. */
    public static Optional<Path> find(String program) {
        String path = System.getenv("PATH");
        return Arrays.stream((path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .findFirst();
    }
}
