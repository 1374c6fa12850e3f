package dev.sidecar.server.supervisor;

import dev.sidecar.runtime.Commands;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The application, running: its own session and group, our standard input, and pipes from its output to ours.
 *
 * <p>It dies with the virtual machine, so it does not matter which thread starts it.
 */
final class AppProcess {

    private final Process process;
    private final Instant startedAt = Instant.now();
    private final AppOutput output;
    private final List<Thread> pumps;

    private AppProcess(Process process, AppOutput output) {
        this.process = process;
        this.output = output;
        this.pumps = List.of(
                pump("stdout", process.getInputStream(), output::stdout),
                pump("stderr", process.getErrorStream(), output::stderr));
    }

    /** Starts it; {@code exited} is called with its exit code as soon as it ends. */
    static AppProcess start(AppCommand command, Map<String, String> environment, AppOutput output, IntConsumer exited) {
        List<String> words = new ArrayList<>(LaunchPrefix.of(environment));
        words.addAll(command.words());
        ProcessBuilder builder = Commands.of(words).redirectInput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = Commands.start(builder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.program() + ": " + e.getMessage(), e);
        }
        AppProcess app = new AppProcess(process, output);
        app.pumps.forEach(Thread::start);
        Threads.named("app-exit", () -> exited.accept(app.awaitExit())).start();
        return app;
    }

    private int awaitExit() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody has a reason to: this thread is for waiting.
            }
        }
    }

    /** When the process ends, the JDK closes its streams, though its children may still write: unless one reads. */
    private static Thread pump(String name, InputStream stream, Consumer<InputStream> sink) {
        return Threads.named(name, () -> {
            synchronized (stream) {
                sink.accept(stream);
            }
        });
    }

    long pid() {
        return process.pid();
    }

    Duration uptime() {
        return Duration.between(startedAt, Instant.now());
    }

    /** Waits until all it wrote has been taken, but no longer than this: a process we could not end may hold it. */
    void drain(Duration atMost) {
        output.ending();
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread pump : pumps) {
                pump.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
