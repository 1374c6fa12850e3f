package dev.sidecar.server.compare;

import dev.sidecar.runtime.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A process that is measured: started, spoken to by lines, ended with this one. Not thread-safe. */
final class Child implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 90;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Path errors;
    private final ScheduledThreadPoolExecutor timer;

    private Child(Process process, Path errors, ScheduledThreadPoolExecutor timer) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.errors = errors;
        this.timer = timer;
    }

    /**
     * Starts the command.
     *
     * @param errors where its standard error goes
     * @param timer ends it when it does not answer
     */
    static Child start(
            List<String> command, Map<String, String> environment, Path errors, ScheduledThreadPoolExecutor timer)
            throws IOException {
        return start(Commands.of(command).redirectError(errors.toFile()), environment, errors, timer);
    }

    /** Starts one that is not spoken to; both its outputs go to files in the directory that is named last. */
    static Child silent(
            List<String> command,
            Map<String, String> environment,
            Path workingDirectory,
            Path output,
            ScheduledThreadPoolExecutor timer)
            throws IOException {
        Path errors = output.resolve("stderr");
        ProcessBuilder builder = Commands.of(command)
                .directory(workingDirectory.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(output.resolve("stdout").toFile());
        return start(builder, environment, errors, timer);
    }

    private static Child start(
            ProcessBuilder builder, Map<String, String> environment, Path errors, ScheduledThreadPoolExecutor timer)
            throws IOException {
        builder.environment().putAll(environment);
        // What steers this process is not for those that are measured.
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS")
                        || name.startsWith("SIDECAR_") && !environment.containsKey(name));
        return new Child(Commands.start(builder), errors, timer);
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** The next line it prints. A child that says nothing for long is killed, and that is a failure. */
    String readLine() {
        ScheduledFuture<?> end = timer.schedule(
                () -> {
                    process.destroyForcibly();
                },
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("a measured process ended: " + lastErrors());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end.cancel(false);
        }
    }

    /** One line to it, one line back. */
    String ask(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new IllegalStateException("a measured process ended: " + lastErrors(), e);
        }
        return readLine();
    }

    String lastErrors() {
        try {
            String text = Files.readString(errors);
            Path spoken = errors.resolveSibling("stdout");
            if (text.isBlank() && Files.exists(spoken)) {
                text = Files.readString(spoken);
            }
            return text.substring(Math.max(0, text.length() - 1000)).strip();
        } catch (IOException e) {
            return "(nothing on standard error)";
        }
    }

    Path errors() {
        return errors;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
