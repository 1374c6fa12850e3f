package dev.sidecar.tck.resilience;

import dev.sidecar.runtime.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A server on a loopback port that treats each request as it is told to at the moment, and counts them. One request a
 * connection. Thread-safe.
 */
public final class HostileUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Threads.onDemand("hostile", 200, Duration.ofSeconds(1));
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Behaviour behaviour;

    /** What becomes of a request whose head was read. */
    @FunctionalInterface
    public interface Behaviour {

        /** Returning closes the connection. */
        void treat(Socket connection, int number) throws IOException;
    }

    private HostileUpstream(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
    }

    /** Begins at once. */
    public static HostileUpstream start(Behaviour behaviour) {
        try {
            HostileUpstream upstream =
                    new HostileUpstream(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), behaviour);
            upstream.threads.execute(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with a status, a header line (may be empty) and a body. */
    public static Behaviour answer(int status, String header, String body) {
        return (connection, number) -> {
            OutputStream out = connection.getOutputStream();
            String extra = header.isEmpty() ? "" : header + "\r\n";
            out.write(("HTTP/1.1 " + status + " S\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n"
                            + extra + "\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        };
    }

    /** Ends the connection without a word. */
    public static Behaviour reset() {
        return (connection, number) -> connection.setSoLinger(true, 0);
    }

    /** Says nothing until the other side goes away. */
    public static Behaviour silence() {
        return (connection, number) -> {
            while (connection.getInputStream().read() >= 0) {
                // waits for the end
            }
        };
    }

    /** Sends these bytes, whatever they are, and ends the connection. */
    public static Behaviour bytes(String text) {
        return (connection, number) -> connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends header fields until the other side goes away. */
    public static Behaviour endlessHead() {
        return (connection, number) -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
            byte[] field = ("X-Field: " + "a".repeat(1000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            while (!connection.isClosed()) {
                out.write(field);
                LockSupport.parkNanos(5_000_000);
            }
        };
    }

    /** The first so many requests one way, the rest another. */
    public static Behaviour first(int count, Behaviour then, Behaviour rest) {
        return (connection, number) -> (number <= count ? then : rest).treat(connection, number);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many requests came in. */
    public int requests() {
        return requests.get();
    }

    /** From now on. */
    public void behave(Behaviour other) {
        behaviour = other;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                return;
            }
            int length = 0;
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            in.skip(length);
            behaviour.treat(connection, requests.incrementAndGet());
        } catch (IOException e) {
            // The other side went away.
        } finally {
            open.remove(connection);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
