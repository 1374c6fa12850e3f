package dev.sidecar.server.compare;

import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.Commands;
import dev.sidecar.server.compare.probe.Faults;
import dev.sidecar.server.compare.probe.Setting;
import dev.sidecar.server.compare.probe.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application of an experiment, with its sidecar where it has one. Whoever of them dies is started again at once, as
 * a container's runtime would, without the back-off. For one thread.
 */
final class Patient implements AutoCloseable {

    private static final int READY_SECONDS = 60;
    private static final int WARM_MILLIS = 1000;

    private final Bed bed;
    private final Place place;
    private final Path directory;
    private final int port = Beside.freePort();
    private final int apiPort = Beside.freePort();
    private final String token = UUID.randomUUID().toString();
    private @Nullable Child app;
    private @Nullable Child sidecar;
    private int appDeaths;
    private int sidecarDeaths;

    /** When the process that has the feature was last found dead, and how long it took from then until ready. */
    private long diedAt;

    private long awayMillis;
    private boolean back = true;

    Patient(Bed bed, Place place) throws IOException {
        this.bed = bed;
        this.place = place;
        this.directory = bed.fresh();
    }

    /** Starts everything and waits until the application serves. */
    void start() throws IOException {
        if (place == Place.SIDECAR) {
            startSidecar();
            Beside.awaitReady(Objects.requireNonNull(sidecar), System.nanoTime());
        }
        startApp();
        long begin = System.nanoTime();
        while (!Files.exists(pidFile())) {
            if (!last().process().isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
                throw new IllegalStateException("an application did not start: " + last().lastErrors());
            }
            pause();
        }
    }

    /** A second of load: what is slow because it is new is not what a fault does. */
    void warmUp() {
        try (Load load = Load.start(port)) {
            while (load.millis() < WARM_MILLIS) {
                pause();
            }
        }
    }

    int port() {
        return port;
    }

    int appDeaths() {
        return appDeaths;
    }

    int sidecarDeaths() {
        return sidecarDeaths;
    }

    /** Makes the feature break, in the process where it lives. */
    void suffer(Fault fault, int seconds) throws IOException {
        awayMillis = 0;
        if (fault == Fault.UPGRADE) {
            // The next version is the same program: what counts is who has to be replaced.
            host().process().destroy();
        } else if (fault == Fault.BLOCK && place != Place.LIBRARY) {
            signal("STOP");
            bed.timer().schedule(() -> signal("CONT"), seconds, TimeUnit.SECONDS);
        } else {
            Path order = directory.resolve("order");
            Files.writeString(order, fault.id() + " " + seconds);
            AtomicFiles.move(order, faultFile());
        }
    }

    private void signal(String name) {
        try {
            Commands.start(Commands.of(List.of("kill", "-" + name, Long.toString(host().pid()))));
        } catch (IOException e) {
            throw new IllegalStateException("kill is missing: " + e.getMessage(), e);
        }
    }

    /** The process that has the feature in it. */
    private Child host() {
        return Objects.requireNonNull(place == Place.SIDECAR ? sidecar : app);
    }

    private Child last() {
        return Objects.requireNonNull(app);
    }

    /** Whether the process that has the feature is there and ready. */
    boolean isBack() {
        return back;
    }

    /** How long it was gone since the last fault; 0 if it was not. */
    long awayMillis() {
        return awayMillis;
    }

    private void left() {
        back = false;
        diedAt = System.nanoTime();
    }

    private boolean isReady() throws IOException {
        if (place != Place.LIBRARY) {
            return Files.readString(host().errors()).contains(Beside.READY);
        }
        return Files.readString(pidFile()).equals(Long.toString(host().pid()));
    }

    /** Starts again what died. To be called all the time. */
    void revive() throws IOException {
        if (!back && host().process().isAlive() && isReady()) {
            back = true;
            awayMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - diedAt);
        }
        if (!host().process().isAlive()) {
            left();
        }
        if (!last().process().isAlive()) {
            appDeaths++;
            if (place == Place.PAIR) {
                sidecarDeaths++;
            }
            startApp();
        }
        if (sidecar != null && !sidecar.process().isAlive()) {
            sidecarDeaths++;
            startSidecar();
        }
    }

    private void startSidecar() throws IOException {
        sidecar = bed.start(
                bed.java().faultySidecar(faultFile(), Beside.arguments(directory, apiPort, 0, Beside.KEEPER)),
                Beside.environment(directory, token),
                directory.resolve("stderr-sidecar-" + sidecarDeaths));
    }

    private void startApp() throws IOException {
        Setting setting = new Setting(
                place.id(),
                directory,
                place == Place.LIBRARY ? null : "unix:" + directory.resolve("s"),
                null,
                port,
                0,
                0);
        List<String> properties = new ArrayList<>(setting.options());
        properties.add("-Dsidecar.compare.port=" + port);
        properties.add("-Dsidecar.compare.pid-file=" + pidFile());
        properties.add("-Dsidecar.compare.parent=" + ProcessHandle.current().pid());
        if (place == Place.LIBRARY) {
            properties.add(Faults.option(faultFile()));
        }
        List<String> command = bed.java().shop(properties);
        Path errors = directory.resolve("stderr-app-" + appDeaths);
        app = place == Place.PAIR
                ? bed.start(
                        bed.java().faultySidecar(faultFile(), Beside.arguments(directory, apiPort, 0, command)),
                        Beside.environment(directory, token),
                        errors)
                : bed.start(command, Map.of(), errors);
    }

    private Path faultFile() {
        return directory.resolve("fault");
    }

    private Path pidFile() {
        return directory.resolve("pid");
    }

    /** Records of the application in the log files. */
    long recordsKept() throws IOException {
        long kept = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.getFileName().toString().contains(".log"))
                    .toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    kept += lines.filter(line -> line.contains(Shop.RECORD)).count();
                }
            }
        }
        return kept;
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Stream.of(app, sidecar).filter(Objects::nonNull).forEach(Child::close);
    }
}
