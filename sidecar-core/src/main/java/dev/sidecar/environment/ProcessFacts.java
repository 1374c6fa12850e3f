package dev.sidecar.environment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application's process.
 *
 * @param command program and arguments, secrets hidden
 */
public record ProcessFacts(
        long pid, List<String> command, @Nullable String workingDirectory, @Nullable Instant startedAt) {

    public ProcessFacts {
        command = List.copyOf(command);
    }
}
