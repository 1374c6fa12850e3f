package dev.sidecar.tck.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 by hand, a connection for each request, over TCP or a Unix socket. Sends what it is told to, right or
 * wrong. Immutable.
 */
public final class RawHttp {

    private final SocketAddress address;
    private final Map<String, String> headers;

    private RawHttp(SocketAddress address, Map<String, String> headers) {
        this.address = address;
        this.headers = headers;
    }

    public static RawHttp tcp(URI base, String token) {
        return new RawHttp(
                new InetSocketAddress(base.getHost(), base.getPort()),
                Map.of("Host", base.getAuthority(), "Authorization", "Bearer " + token));
    }

    public static RawHttp unix(Path socket) {
        return new RawHttp(UnixDomainSocketAddress.of(socket), Map.of("Host", "localhost"));
    }

    /** The same with one header more, or another value for it; null takes it away. */
    public RawHttp with(String name, @Nullable String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new RawHttp(address, changed);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer put(String path, String json) {
        return with("Content-Type", "application/json").send("PUT", path, bytes(json));
    }

    public Answer post(String path, String contentType, byte[] body) {
        return with("Content-Type", contentType).send("POST", path, body);
    }

    public Answer post(String path, String contentType, String body) {
        return post(path, contentType, bytes(body));
    }

    /** One request and its whole answer. */
    public Answer send(String method, String path, byte @Nullable [] body) {
        try (Stream stream = open(method, path, body)) {
            return stream.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and leaves the answer to be read; for streams of events. */
    public Stream open(String method, String path, byte @Nullable [] body) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Connection: close\r\n");
        if (body != null) {
            head.append("Content-Length: " + body.length + "\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(bytes(head + "\r\n"));
        if (body != null) {
            request.writeBytes(body);
        }
        return open(request.toByteArray());
    }

    /** Sends bytes as they are. */
    public Stream open(byte[] request) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // A server may refuse before it has read everything; what it said can still be read.
        }
        return new Stream(channel);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An answer that is being read. */
    public static final class Stream implements AutoCloseable {

        private final SocketChannel channel;
        private final InputStream input;

        private Stream(SocketChannel channel) {
            this.channel = channel;
            this.input = new BufferedInputStream(Channels.newInputStream(channel));
        }

        /** The next line, without its end; null at the end of the connection. */
        public @Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = input.read(); next != '\n'; next = input.read()) {
                if (next < 0) {
                    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }

        /** Status and headers, leaving the body to be read line by line. */
        public Answer head() throws IOException {
            String status = line();
            if (status == null || !status.startsWith("HTTP/1.")) {
                throw new IOException("not an HTTP/1 answer: " + status);
            }
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
            return new Answer(Integer.parseInt(status.substring(9, 12)), headers, "");
        }

        public Answer answer() throws IOException {
            Answer head = head();
            if (head.status() == 204 || head.status() == 304) {
                return head;
            }
            byte[] body;
            if ("chunked".equalsIgnoreCase(head.headers().get("Transfer-Encoding"))) {
                body = chunks();
            } else {
                String length = head.headers().get("Content-Length");
                body = length == null ? input.readAllBytes() : input.readNBytes(Integer.parseInt(length));
            }
            return new Answer(head.status(), head.headers(), new String(body, StandardCharsets.UTF_8));
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (String size = line(); size != null; size = line()) {
                int length = Integer.parseInt(size, 16);
                if (length == 0) {
                    break;
                }
                body.writeBytes(input.readNBytes(length));
                line();
            }
            return body.toByteArray();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
