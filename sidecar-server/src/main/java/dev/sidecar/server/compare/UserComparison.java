package dev.sidecar.server.compare;

import dev.sidecar.server.compare.probe.HttpLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The user's own application, started in each delivery by turns, and driven over HTTP by the user's own requests. */
final class UserComparison {

    private static final List<Way> WAYS = List.of(Way.LIBRARY, Way.UNIX);
    private static final int READY_SECONDS = 120;
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(2);

    private final Bed bed;
    private final UserApp app;
    private final Progress progress;
    private final Map<Way, List<Double>> ready = new EnumMap<>(Way.class);
    private final Map<Way, Measured.Moment> memory = new EnumMap<>(Way.class);
    private final Map<String, Map<Way, Histogram>> times = new LinkedHashMap<>();
    private final Map<String, Map<Way, Integer>> failed = new LinkedHashMap<>();

    UserComparison(Bed bed, UserApp app, Progress progress) {
        this.bed = bed;
        this.app = app;
        this.progress = progress;
    }

    ObjectNode run() throws IOException {
        for (int round = 0; round < app.rounds(); round++) {
            for (Way way : WAYS) {
                progress.step(
                        "your application, " + (way == Way.LIBRARY ? "library" : "sidecar") + ", round " + (round + 1));
                once(way);
            }
        }
        return result();
    }

    private void once(Way way) throws IOException {
        Path directory = bed.fresh();
        long begin = System.nanoTime();
        try (Child child = start(way, directory);
                HttpLine line = HttpLine.tcp(app.port())) {
            awaitReady(child);
            ready.computeIfAbsent(way, key -> new ArrayList<>()).add((System.nanoTime() - begin) / 1e6);
            drive(line, way, app.seconds() / 2.0, false);
            drive(line, way, app.seconds(), true);
            memory.put(way, moment(way, child));
        }
    }

    private Child start(Way way, Path directory) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(app.port()));
        List<String> command = app.command(way);
        if (way == Way.LIBRARY) {
            environment.put("SIDECAR_HOME", directory.resolve("home").toString());
        } else {
            environment.putAll(Beside.environment(directory, UUID.randomUUID().toString()));
            List<String> arguments = new ArrayList<>(List.of(
                    "run",
                    "--name",
                    "app",
                    "--app-port",
                    Integer.toString(app.port()),
                    "--api-port",
                    "0",
                    "--ops-port",
                    "0"));
            arguments.addAll(List.of("--socket", directory.resolve("s").toString(), "--"));
            arguments.addAll(command);
            command = bed.java().sidecar(arguments);
        }
        return bed.start(command, environment, directory.resolve("stderr"), directory.resolve("stdout"));
    }

    private void awaitReady(Child child) {
        byte[] question = HttpLine.request("GET", app.ready(), "");
        long begin = System.nanoTime();
        while (true) {
            try (HttpLine line = HttpLine.tcp(app.port())) {
                if (line.exchange(question) / 100 == 2) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            boolean late = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(READY_SECONDS);
            if (late || !child.process().isAlive()) {
                throw new IllegalStateException("your application did not get ready at port " + app.port() + app.ready()
                        + ": " + child.lastErrors());
            }
            Patient.pause();
        }
    }

    /** At the stated rate; times run from when a request was due. */
    private void drive(HttpLine line, Way way, double seconds, boolean counts) {
        long gap = (long) (TimeUnit.SECONDS.toNanos(1) / app.perSecond());
        long begin = System.nanoTime();
        for (long i = 0; i * gap < seconds * 1e9; i++) {
            long due = begin + i * gap;
            LockSupport.parkNanos(due - System.nanoTime());
            UserRequest request = app.requests().get((int) (i % app.requests().size()));
            boolean ok = exchange(line, request);
            if (counts) {
                times.computeIfAbsent(request.title(), key -> new EnumMap<>(Way.class))
                        .computeIfAbsent(way, key -> new Histogram(LONGEST, 3))
                        .recordValue(Math.min(LONGEST, Math.max(0, (System.nanoTime() - due) / 1000)));
                failed.computeIfAbsent(request.title(), key -> new EnumMap<>(Way.class))
                        .merge(way, ok ? 0 : 1, Integer::sum);
            }
        }
    }

    private static boolean exchange(HttpLine line, UserRequest request) {
        try {
            return line.exchange(request.bytes()) < 500;
        } catch (IOException e) {
            return false;
        }
    }

    /** The application is the sidecar's largest child; whatever else it started is small. */
    private static Measured.Moment moment(Way way, Child child) {
        Memory own = ProcFiles.memory(child.pid());
        if (way == Way.LIBRARY) {
            return new Measured.Moment(own, null);
        }
        Memory largest = child.process()
                .descendants()
                .map(process -> ProcFiles.memory(process.pid()))
                .reduce((a, b) -> a.pssBytes() >= b.pssBytes() ? a : b)
                .orElse(new Memory(0, 0, 0, 0));
        return new Measured.Moment(largest, own);
    }

    private ObjectNode result() {
        ObjectNode node = Json.object();
        node.put("command", String.join(" ", app.command()));
        node.put("ratePerSecond", app.perSecond());
        ObjectNode ways = node.putObject("ways");
        for (Way way : WAYS) {
            ObjectNode one = ways.putObject(id(way));
            one.set("readyMs", Json.median(Objects.requireNonNull(ready.get(way))));
            Measured.Moment moment = Objects.requireNonNull(memory.get(way));
            one.set("memory", Json.memory(moment.app()));
            @Nullable Memory beside = moment.sidecar();
            if (beside != null) {
                one.set("sidecarMemory", Json.memory(beside));
            }
        }
        var requests = node.putArray("requests");
        times.forEach((title, histograms) -> {
            ObjectNode request = requests.addObject();
            request.put("request", title);
            ObjectNode by = request.putObject("ways");
            histograms.forEach((way, histogram) -> {
                ObjectNode one = by.putObject(id(way));
                one.put("count", histogram.getTotalCount());
                one.put("p50Us", histogram.getValueAtPercentile(50));
                one.put("p90Us", histogram.getValueAtPercentile(90));
                one.put("p99Us", histogram.getValueAtPercentile(99));
                one.put("failed", Objects.requireNonNull(failed.get(title)).get(way));
            });
        });
        return node;
    }

    private static String id(Way way) {
        return way == Way.LIBRARY ? "library" : "sidecar";
    }
}
