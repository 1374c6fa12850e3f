package dev.sidecar.server.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The built jar, running: {@code java -jar sidecar-server.jar run … -- command} on ports of its own choice, with a
 * home of its own. Standard output and error go to files, so that nothing a process prints can block it.
 *
 * <p>Closing ends it and whatever it started, by pid.
 */
public final class SidecarProcess implements AutoCloseable {

    public static final Duration START = Duration.ofSeconds(90);

    private static final Pattern READY = Pattern.compile("(?m)^sidecar ready (.*)$");
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\S+)");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Process process;
    private final Path out;
    private final Path err;
    private final Path home;
    private final String token;

    private SidecarProcess(Process process, Path out, Path err, Path home, String token) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.home = home;
        this.token = token;
    }

    /** A process for the verb, such as {@code run} or {@code attach}; the directory takes its home and its output. */
    public static Builder verb(String verb, Path directory) {
        return new Builder(verb, directory);
    }

    /** {@code run -- command} with any free ports. */
    public static Builder run(Path directory, String name, List<String> command) {
        return verb("run", directory)
                .args("--name", name)
                .args("--api-port", "0", "--ops-port", "0")
                .command(command);
    }

    /** {@code attach} with any free ports. */
    public static Builder attach(Path directory, String name) {
        return verb("attach", directory).args("--name", name).args("--api-port", "0", "--ops-port", "0");
    }

    /** Waits for the line that says it is ready. */
    public SidecarProcess awaitReady() {
        await("sidecar ready")
                .atMost(START)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!process.isAlive() && readyLine().isEmpty()) {
                        throw new IllegalStateException(
                                "ended with " + process.exitValue() + " before it was ready: " + stderr());
                    }
                    return readyLine().isPresent();
                });
        return this;
    }

    /** The fields of the ready line: {@code name}, {@code api}, {@code socket}, {@code ops}, {@code in}. */
    public Map<String, String> ready() {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field =
                FIELD.matcher(readyLine().orElseThrow(() -> new IllegalStateException("not ready: " + stderr())));
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        return fields;
    }

    private Optional<String> readyLine() {
        Matcher line = READY.matcher(stderr());
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    public URI api() {
        return URI.create(ready().getOrDefault("api", "no api in the ready line"));
    }

    public URI ops() {
        return URI.create(ready().getOrDefault("ops", "no ops in the ready line"));
    }

    public Path socket() {
        return Path.of(ready().getOrDefault("socket", "no socket in the ready line"));
    }

    public String token() {
        return token;
    }

    public Path home() {
        return home;
    }

    public long pid() {
        return process.pid();
    }

    /** To write to the standard input, or to ask what only {@link Process} knows. */
    public Process process() {
        return process;
    }

    public String stdout() {
        return read(out);
    }

    public String stderr() {
        return read(err);
    }

    /** The exit code; fails when it does not end in time. */
    public int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "still running after " + atMost + "\nstdout: " + stdout() + "\nstderr: " + stderr());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** TERM. */
    public void terminate() {
        process.destroy();
    }

    /** KILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** TERM, after 20 s KILL; then KILL for any descendant that outlived it. */
    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        try {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar this module builds; {@code -Dsidecar.jar} names another. */
    public static Path jar() {
        String named = System.getProperty("sidecar.jar");
        if (named != null) {
            return Path.of(named);
        }
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(f -> f.getFileName()
                            .toString()
                            .matches("sidecar-server-[0-9].*(?<!sources|javadoc|tests)\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("no sidecar-server jar in target: run mvn package first"))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to start, before it is started. */
    public static final class Builder {

        private final String verb;
        private final Path directory;
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private List<String> command = List.of();
        private Path home;
        private Path workingDirectory;
        private boolean byJar = System.getProperty("sidecar.jar") != null;

        private Builder(String verb, Path directory) {
            this.verb = verb;
            this.directory = directory;
            this.home = directory.resolve("home");
            this.workingDirectory = directory;
        }

        public Builder args(String... values) {
            arguments.addAll(List.of(values));
            return this;
        }

        /** {@code --set key=value}. */
        public Builder set(String key, String value) {
            return args("--set", key + "=" + value);
        }

        public Builder env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** What comes after {@code --}. */
        public Builder command(List<String> value) {
            command = List.copyOf(value);
            return this;
        }

        /** Shared with other processes when the same; default: {@code home} in the directory. */
        public Builder home(Path value) {
            home = value;
            return this;
        }

        public Builder workingDirectory(Path value) {
            workingDirectory = value;
            return this;
        }

        /** By {@code java -jar} instead of {@code ./sidecar}: takes three times as long to start. */
        public Builder byJar() {
            byJar = true;
            return this;
        }

        /** Starts it and waits until it is ready. */
        public SidecarProcess start() {
            SidecarProcess started = launch();
            try {
                return started.awaitReady();
            } catch (RuntimeException | Error e) {
                started.close();
                throw e;
            }
        }

        /** Starts it and does not wait: for those that are meant to fail, or to end at once. */
        public SidecarProcess launch() {
            String token = environment.getOrDefault("SIDECAR_API_TOKEN", "test-token-" + NUMBER.get());
            String prefix = "sidecar-" + NUMBER.incrementAndGet();
            Path out = directory.resolve(prefix + ".out");
            Path err = directory.resolve(prefix + ".err");
            ProcessBuilder builder = new ProcessBuilder(commandLine())
                    .directory(workingDirectory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            Map<String, String> variables = builder.environment();
            variables
                    .keySet()
                    .removeIf(name -> name.startsWith("SIDECAR_")
                            || name.startsWith("OTEL_")
                            || List.of("PORT", "NOTIFY_SOCKET", "WATCHDOG_USEC", "JAVA_TOOL_OPTIONS")
                                    .contains(name));
            variables.put("SIDECAR_HOME", home.toString());
            variables.put("SIDECAR_API_TOKEN", token);
            variables.putAll(environment);
            try {
                return new SidecarProcess(builder.start(), out, err, home, token);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<String> commandLine() {
            List<String> line = new ArrayList<>();
            if (!byJar) {
                line.addAll(List.of(
                        Path.of("..", "sidecar").toAbsolutePath().normalize().toString(), verb));
                line.addAll(arguments);
                return withCommand(line);
            }
            line.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx96m",
                    "-Xss512k",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar().toString(),
                    verb));
            line.addAll(arguments);
            return withCommand(line);
        }

        private List<String> withCommand(List<String> line) {
            if (!command.isEmpty()) {
                line.add("--");
                line.addAll(command);
            }
            return line;
        }
    }
}
