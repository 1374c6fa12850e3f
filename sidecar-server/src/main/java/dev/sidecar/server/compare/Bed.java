package dev.sidecar.server.compare;

import dev.sidecar.runtime.Threads;
import dev.sidecar.server.compare.probe.Neighbour;
import dev.sidecar.server.compare.probe.Probe;
import dev.sidecar.server.compare.probe.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts what is measured; everything lives in one temporary directory that is gone afterwards. */
final class Bed implements AutoCloseable {

    private final Path directory;
    private final JavaCommand java;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("compare");
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Way, Way> labels;
    private final List<Child> children = new CopyOnWriteArrayList<>();
    private final Thread atExit = Threads.named("compare-end", this::killAll);

    /**
     * @param labels which way is really taken where one is asked for; empty but when the report itself is checked
     */
    Bed(List<String> appOptions, Map<Way, Way> labels) throws IOException {
        // Below /tmp, because the path of a Unix socket may have 108 bytes.
        this.directory = Files.createTempDirectory(Path.of("/tmp"), "sidecar-compare");
        this.java = new JavaCommand(Files.createDirectory(directory.resolve("jar")), appOptions);
        this.labels = labels;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a process that is gone when this is closed, or this process ends. */
    Child start(List<String> command, Map<String, String> environment, Path errors) throws IOException {
        Child child = Child.start(command, environment, errors, timer);
        children.add(child);
        return child;
    }

    /** The same for one that is not spoken to: it runs in that directory, and what it prints goes to files. */
    Child start(List<String> command, Map<String, String> environment, Path workingDirectory, Path output)
            throws IOException {
        Child child = Child.silent(command, environment, workingDirectory, output, timer);
        children.add(child);
        return child;
    }

    private void killAll() {
        children.forEach(Child::close);
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A temporary directory stays: not worth a failure.
        }
    }

    JavaCommand java() {
        return java;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /** A directory that nobody used. */
    Path fresh() throws IOException {
        return Files.createDirectory(directory.resolve(Integer.toString(number.incrementAndGet())));
    }

    Way really(Way way) {
        return labels.getOrDefault(way, way);
    }

    Beside sidecar() throws IOException {
        return Beside.start(this, fresh());
    }

    /** The neighbour; its port is in its first line. */
    Child neighbour() throws IOException {
        return start(java.probe(Neighbour.class, List.of()), Map.of(), fresh().resolve("stderr"));
    }

    /** An application; its first line says that it is ready. */
    Child probe(Way way, int neighbour, @Nullable Beside beside) throws IOException {
        Path home = fresh();
        Setting setting = new Setting(
                way.id(),
                home,
                beside == null ? null : beside.endpoint(way),
                beside == null ? null : beside.token(),
                neighbour,
                beside == null ? 0 : beside.ambassador(),
                0);
        return start(java.probe(Probe.class, setting.options()), setting.environment(), home.resolve("stderr"));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        killAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
