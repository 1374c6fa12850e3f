package dev.sidecar.client;

import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server of a few lines that does what a test wants, right or wrong. */
public final class TinyServer implements AutoCloseable {

    /** What came. */
    public record Received(String method, String target, Map<String, String> headers, String body) {}

    /** Answers one request. */
    public interface Handler {
        void handle(Exchange exchange) throws IOException, InterruptedException;
    }

    /** One request and the way back. */
    public record Exchange(Received request, SocketChannel channel) {

        public void raw(String bytes) throws IOException {
            raw(bytes.getBytes(StandardCharsets.UTF_8));
        }

        public void raw(byte[] bytes) throws IOException {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
        }

        public void json(int status, String body) throws IOException {
            answer(status, "application/json", "", body);
        }

        public void problem(int status, String code, String detail) throws IOException {
            answer(
                    status,
                    "application/problem+json",
                    "Retry-After: 7\r\n",
                    "{\"type\":\"about:blank\",\"title\":\"T\",\"status\":" + status + ",\"code\":\"" + code
                            + "\",\"detail\":\"" + detail + "\"}");
        }

        public void answer(int status, String type, String headers, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            raw("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\n" + headers + "Content-Length: "
                    + bytes.length + "\r\n\r\n" + body);
        }

        public void close() throws IOException {
            channel.close();
        }
    }

    private final ServerSocketChannel server;
    private final Endpoint endpoint;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Handler handler;
    private volatile boolean closed;

    private TinyServer(ServerSocketChannel server, Endpoint endpoint, Handler handler) {
        this.server = server;
        this.endpoint = endpoint;
        this.handler = handler;
        Threads.named("test-accept", this::accept).start();
    }

    /** On a Unix socket, or by TCP on any free port. */
    public static TinyServer on(Path socket, Handler handler) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            return new TinyServer(server, new Endpoint.Unix(socket), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TinyServer tcp(int port, Handler handler) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            int bound = ((InetSocketAddress) server.getLocalAddress()).getPort();
            return new TinyServer(server, new Endpoint.Tcp("127.0.0.1", bound), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server at the place of one that was closed. */
    public TinyServer again(Handler next) throws IOException {
        if (endpoint instanceof Endpoint.Unix unix) {
            Files.deleteIfExists(unix.path());
            return on(unix.path(), next);
        }
        return tcp(((Endpoint.Tcp) endpoint).port(), next);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public RemoteOptions options(Duration timeout) {
        return new RemoteOptions(endpoint, "secret-token", Duration.ofSeconds(1), timeout, new SimpleMeterRegistry());
    }

    public void handler(Handler next) {
        handler = next;
    }

    public int connections() {
        return connections.get();
    }

    public List<Received> received() {
        return received;
    }

    /** Ends the connections that are open, not the server. */
    public void hangUp() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                connections.incrementAndGet();
                open.add(channel);
                Threads.named("test-serve", () -> serve(channel)).start();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            for (Received request = read(in); request != null && !closed; request = read(in)) {
                received.add(request);
                handler.handle(new Exchange(request, channel));
            }
        } catch (IOException | InterruptedException e) {
            // The client or the test has closed it.
        } finally {
            open.remove(channel);
        }
    }

    private static Received read(InputStream in) throws IOException {
        String[] start = line(in).split(" ");
        if (start.length < 2) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Received(start[0], start[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        hangUp();
    }
}
