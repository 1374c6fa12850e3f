package dev.sidecar.server.compare;

import dev.sidecar.server.compare.probe.HttpLine;
import dev.sidecar.server.compare.probe.Slice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/** The user's own application, started in each delivery by turns, and driven over HTTP by the user's own requests. */
final class UserComparison {

    private static final List<Way> WAYS = List.of(Way.LIBRARY, Way.UNIX);
    private static final int READY_SECONDS = 120;

    /** About what an application and its sidecar take to start; for the progress only. */
    private static final long START_MILLIS = 8000;

    private static final int FIRST_FAILURE = 500;

    /** How many times longer than planned a stretch may take. */
    private static final int PATIENCE = 2;

    private final Bed bed;
    private final UserApp app;
    private final Progress progress;
    private final Map<Way, UserFindings> findings = new EnumMap<>(Way.class);

    UserComparison(Bed bed, UserApp app, Progress progress) {
        this.bed = bed;
        this.app = app;
        this.progress = progress;
        WAYS.forEach(way -> findings.put(way, new UserFindings()));
    }

    /** How long it will take. */
    static long millis(UserApp app) {
        return (long) app.rounds() * WAYS.size() * millisEach(app);
    }

    private static long millisEach(UserApp app) {
        return START_MILLIS + 1500L * app.seconds();
    }

    ObjectNode run() throws IOException {
        for (int round = 0; round < app.rounds(); round++) {
            for (int turn = 0; turn < WAYS.size(); turn++) {
                Way way = WAYS.get((round + turn) % WAYS.size());
                progress.step(
                        "your application, " + id(way) + ", round " + (round + 1) + " of " + app.rounds(),
                        millisEach(app));
                once(way, findings.getOrDefault(way, new UserFindings()));
            }
        }
        ObjectNode node = Json.object();
        node.put("command", String.join(" ", app.command()));
        node.put("ratePerSecond", app.perSecond());
        node.put("rounds", app.rounds());
        ObjectNode ways = node.putObject("ways");
        findings.forEach((way, seen) -> ways.set(id(way), seen.describe()));
        return node;
    }

    private void once(Way way, UserFindings seen) throws IOException {
        requireFreePort();
        Path directory = bed.fresh();
        long begin = System.nanoTime();
        try (Child child = start(way, directory);
                HttpLine line = HttpLine.tcp(app.port())) {
            awaitReady(child);
            seen.ready((System.nanoTime() - begin) / 1e6);
            UserProcesses processes = new UserProcesses(child.process(), way.hasSidecar());
            seen.idle(processes.memory());
            drive(line, app.seconds() / 2.0);
            long appCpu = processes.appCpuNanos();
            long sidecarCpu = processes.sidecarCpuNanos();
            seen.round(
                    drive(line, app.seconds()),
                    processes.appCpuNanos() - appCpu,
                    processes.sidecarCpuNanos() - sidecarCpu);
            seen.loaded(processes.memory());
        }
    }

    /** Else whoever listens there would be measured. */
    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket(app.port(), 1, InetAddress.getLoopbackAddress())) {
            // Free.
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + app.port() + " is taken; end what listens there, or give another in app.port");
        }
    }

    private Child start(Way way, Path directory) throws IOException {
        Map<String, String> environment = new HashMap<>();
        String port = Integer.toString(app.port());
        environment.put("PORT", port);
        environment.put("SERVER_PORT", port);
        List<String> command = app.command(way);
        if (way == Way.LIBRARY) {
            environment.put("SIDECAR_HOME", directory.resolve("home").toString());
        } else {
            environment.putAll(Beside.environment(directory, UUID.randomUUID().toString()));
            List<String> arguments = new ArrayList<>(List.of("run", "--name", "app", "--app-port", port));
            arguments.addAll(List.of("--api-port", "0", "--ops-port", "0"));
            arguments.addAll(List.of("--socket", directory.resolve("s").toString(), "--"));
            arguments.addAll(command);
            command = bed.java().sidecar(arguments);
        }
        return bed.start(command, environment, app.directory(), directory);
    }

    private void awaitReady(Child child) {
        byte[] question = HttpLine.request("GET", app.ready(), Map.of(), "");
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

    /** At the stated rate; times run from when a request was due. By the request's title. */
    private Map<String, Slice> drive(HttpLine line, double seconds) {
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        Map<String, Integer> failed = new HashMap<>();
        long gap = (long) (TimeUnit.SECONDS.toNanos(1) / app.perSecond());
        long begin = System.nanoTime();
        // An application that cannot keep the rate is late by then, and its times say so.
        double latest = begin + PATIENCE * seconds * 1e9;
        for (long i = 0; i * gap < seconds * 1e9 && System.nanoTime() < latest; i++) {
            long due = begin + i * gap;
            LockSupport.parkNanos(due - System.nanoTime());
            UserRequest request = app.requests().get((int) (i % app.requests().size()));
            boolean ok = exchange(line, request);
            micros.computeIfAbsent(request.title(), key -> new ArrayList<>())
                    .add(Math.max(0, (System.nanoTime() - due) / 1e3));
            failed.merge(request.title(), ok ? 0 : 1, Integer::sum);
        }
        long nanos = System.nanoTime() - begin;
        Map<String, Slice> slices = new LinkedHashMap<>();
        micros.forEach(
                (title, times) -> slices.put(title, Slice.of(times, nanos, failed.getOrDefault(title, 0), null)));
        return slices;
    }

    private static boolean exchange(HttpLine line, UserRequest request) {
        try {
            return line.exchange(request.bytes()) < FIRST_FAILURE;
        } catch (IOException e) {
            return false;
        }
    }

    private static String id(Way way) {
        return way == Way.LIBRARY ? "library" : "sidecar";
    }
}
