package dev.sidecar.server.compare.probe;

import dev.sidecar.client.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The least there can be between two processes that speak HTTP/1.1: one kept-alive connection, bytes prepared once, a
 * blocking write and read. Connects on first use and again after a failure. For one thread.
 */
public final class HttpLine implements AutoCloseable {

    private static final String LENGTH = "\r\ncontent-length:";
    private static final String LAST = "\r\nconnection: close\r\n";
    private static final int FIRST_BYTES = 64 * 1024;
    private static final int MOST_BYTES = 64 << 20;
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final SocketAddress address;
    private ByteBuffer answer = ByteBuffer.allocate(FIRST_BYTES);
    private @Nullable SocketChannel channel;

    /** Whether the server said that it hangs up after this answer. */
    private boolean last;

    private HttpLine(SocketAddress address) {
        this.address = address;
    }

    /** To a port of this host. */
    public static HttpLine tcp(int port) {
        return new HttpLine(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static HttpLine to(String endpoint) {
        Endpoint where = Endpoint.parse(endpoint);
        return where instanceof Endpoint.Unix unix
                ? new HttpLine(UnixDomainSocketAddress.of(unix.path()))
                : tcp(((Endpoint.Tcp) where).port());
    }

    /** A whole GET. */
    public static byte[] get(String path, @Nullable String token) {
        return bytes("GET " + path + head(token) + "\r\n");
    }

    /** A whole POST. */
    public static byte[] post(String path, @Nullable String token, String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return bytes("POST " + path + head(token) + "Content-Type: " + type + "\r\nContent-Length: " + length
                + "\r\n\r\n" + body);
    }

    /** A whole request with JSON, or with nothing for an empty body. A header that is given twice is the caller's. */
    public static byte[] request(String method, String path, Map<String, String> headers, String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        String content = json.isEmpty() && method.equals("GET")
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + length + "\r\n";
        String more = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        return bytes(method + " " + path + head(null) + more + content + "\r\n" + json);
    }

    private static String head(@Nullable String token) {
        return " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void require2xx(int status) throws IOException {
        if (status / 100 != 2) {
            throw new IOException("status " + status);
        }
    }

    /** Sends a whole request and reads the whole answer; returns its status. */
    public int exchange(byte[] request) throws IOException {
        try {
            return exchange(open(), ByteBuffer.wrap(request));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private int exchange(SocketChannel open, ByteBuffer request) throws IOException {
        while (request.hasRemaining()) {
            open.write(request);
        }
        answer.clear();
        do {
            makeRoom();
            if (open.read(answer) < 0) {
                throw new EOFException("hung up");
            }
        } while (!whole());
        if (last) {
            close();
        }
        return (answer.get(9) - '0') * 100 + (answer.get(10) - '0') * 10 + answer.get(11) - '0';
    }

    private void makeRoom() throws IOException {
        if (answer.hasRemaining()) {
            return;
        }
        if (answer.capacity() >= MOST_BYTES) {
            throw new IOException("an answer of more than " + MOST_BYTES + " bytes");
        }
        answer = ByteBuffer.allocate(2 * answer.capacity()).put(answer.flip());
    }

    private SocketChannel open() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            if (address instanceof UnixDomainSocketAddress) {
                open = SocketChannel.open(StandardProtocolFamily.UNIX);
            } else {
                open = SocketChannel.open();
                open.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            channel = open;
            open.connect(address);
        }
        return open;
    }

    private boolean whole() {
        int end = answer.position();
        for (int i = 0; i + 3 < end; i++) {
            if (answer.get(i) == '\r' && answer.get(i + 2) == '\r') {
                return complete(new String(answer.array(), 0, i + 2, StandardCharsets.ISO_8859_1), i + 4, end);
            }
        }
        return false;
    }

    private boolean complete(String head, int body, int end) {
        String lower = head.toLowerCase(Locale.ROOT);
        // A server of HTTP/1.0 hangs up unless it says otherwise.
        last = lower.contains(LAST) || (lower.startsWith("http/1.0") && !lower.contains("keep-alive"));
        int at = lower.indexOf(LENGTH);
        if (at >= 0) {
            int from = at + LENGTH.length();
            return end - body
                    >= Integer.parseInt(
                            head.substring(from, head.indexOf('\r', from)).trim());
        }
        if (lower.contains("\r\ntransfer-encoding:")) {
            return end - body >= LAST_CHUNK.length()
                    && new String(
                                    answer.array(),
                                    end - LAST_CHUNK.length(),
                                    LAST_CHUNK.length(),
                                    StandardCharsets.ISO_8859_1)
                            .equals(LAST_CHUNK);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
