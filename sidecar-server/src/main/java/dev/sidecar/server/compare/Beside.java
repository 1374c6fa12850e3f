package dev.sidecar.server.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A sidecar that was started to be measured, with a home of its own. */
record Beside(Child child, Path socket, String url, String token, int ambassador, double readyMillis)
        implements AutoCloseable {

    /** An application that ends with this process, because its input does; and its sidecar with it. */
    static final List<String> KEEPER = List.of("cat");

    /** What a sidecar says on standard error when it is ready. */
    static final String READY = "sidecar ready ";

    private static final int READY_SECONDS = 90;

    /** Ports that somebody took in between make it fail, loudly. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Arguments of {@code run}: the features and the sinks that the library in a probe has too. */
    static List<String> arguments(Path directory, int apiPort, int ambassador, List<String> command) {
        return Stream.concat(
                        Stream.of(
                                "run",
                                "--name",
                                "probe",
                                "--api-port",
                                Integer.toString(apiPort),
                                "--ops-port",
                                "0",
                                "--socket",
                                directory.resolve("s").toString(),
                                "--set",
                                "sidecar.logging.console.enabled=false",
                                "--set",
                                "sidecar.logging.file.path=" + directory.resolve("sidecar.log"),
                                "--set",
                                "sidecar.ambassador.port=" + ambassador,
                                "--set",
                                "sidecar.ambassador.access-log.enabled=false",
                                "--set",
                                "sidecar.ambassador.routes.neighbour.service=neighbour",
                                "--"),
                        command.stream())
                .toList();
    }

    static Map<String, String> environment(Path directory, String token) {
        return Map.of(
                "SIDECAR_HOME",
                directory.resolve("home").toString(),
                "SIDECAR_API_TOKEN",
                token,
                "MALLOC_ARENA_MAX",
                "1");
    }

    /** Starts one and waits for its ready line. */
    static Beside start(Bed bed, Path directory) throws IOException {
        Files.createDirectories(directory);
        String token = UUID.randomUUID().toString();
        int port = freePort();
        int ambassador = freePort();
        long begin = System.nanoTime();
        Child child = bed.start(
                bed.java().sidecar(arguments(directory, port, ambassador, KEEPER)),
                environment(directory, token),
                directory.resolve("stderr"));
        awaitReady(child, begin);
        return new Beside(
                child,
                directory.resolve("s"),
                "http://127.0.0.1:" + port,
                token,
                ambassador,
                (System.nanoTime() - begin) / 1e6);
    }

    static void awaitReady(Child child, long begin) {
        try {
            while (!Files.readString(child.errors()).contains(READY)) {
                if (!child.process().isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
                    String errors = child.lastErrors();
                    child.close();
                    throw new IllegalStateException("a sidecar did not start: " + errors);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            child.close();
            throw new IllegalStateException(e);
        }
    }

    String endpoint(Way way) {
        return way == Way.UNIX ? "unix:" + socket : url;
    }

    @Override
    public void close() {
        child.close();
    }
}
