package dev.sidecar.server.edge;

import dev.sidecar.runtime.Commands;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The proxy where the sidecar is to keep it running. It is a session of its own and outlives a sidecar that is
 * killed, because it must go on serving; the next sidecar finds it by its pid file or socket.
 */
final class OwnProcess {

    private final List<String> command;
    private @Nullable Process process;

    OwnProcess(List<String> command) {
        this.command = List.copyOf(command);
    }

    boolean wanted() {
        return !command.isEmpty();
    }

    /** Starts it unless it runs. Returns whether it was started. */
    boolean ensure() throws IOException {
        if (process != null && process.isAlive()) {
            return false;
        }
        List<String> words = new ArrayList<>();
        Commands.find("setsid").ifPresent(setsid -> words.add(setsid.toString()));
        words.addAll(command);
        process = Commands.start(Commands.of(words)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT));
        return true;
    }

    /** Asks it to end, and kills it when it does not. */
    void stop(Duration grace) {
        Process own = process;
        if (own == null) {
            return;
        }
        own.destroy();
        try {
            if (!own.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                own.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
