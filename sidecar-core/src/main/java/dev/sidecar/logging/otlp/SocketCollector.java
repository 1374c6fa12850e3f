package dev.sidecar.logging.otlp;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Over a Unix socket, which the JDK's client cannot use: a request and its answer, a connection each. */
final class SocketCollector implements Collector {

    private final Path socket;
    private final byte[] head;
    private final Duration timeout;

    SocketCollector(Path socket, OtlpEndpoint endpoint, Map<String, String> headers, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
        StringBuilder text = new StringBuilder("POST " + endpoint.url().getRawPath() + " HTTP/1.1\r\n");
        text.append("Host: localhost\r\nConnection: close\r\nContent-Type: application/x-protobuf\r\n");
        text.append("Content-Encoding: gzip\r\n");
        if (headers.keySet().stream().noneMatch("User-Agent"::equalsIgnoreCase)) {
            text.append("User-Agent: ").append(USER_AGENT).append("\r\n");
        }
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        head = text.append("Content-Length: ").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Answer post(byte[] gzip) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            byte[] length = (gzip.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer request = ByteBuffer.allocate(head.length + length.length + gzip.length);
            request.put(head).put(length).put(gzip).flip();
            while (request.hasRemaining()) {
                if (channel.write(request) == 0) {
                    ready(selector, deadline);
                }
            }
            key.interestOps(SelectionKey.OP_READ);
            return answer(channel, selector, deadline);
        }
    }

    private Answer answer(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Answer.MAX_BODY);
        while (bytes.hasRemaining()) {
            Answer whole = HttpAnswer.parse(bytes.array(), bytes.position(), false);
            if (whole != null) {
                return whole;
            }
            int count = channel.read(bytes);
            if (count < 0) {
                return ended(HttpAnswer.parse(bytes.array(), bytes.position(), true));
            }
            if (count == 0) {
                ready(selector, deadline);
            }
        }
        return ended(HttpAnswer.parse(bytes.array(), bytes.position(), true));
    }

    private static Answer ended(@Nullable Answer answer) throws IOException {
        if (answer == null) {
            throw new EOFException("the collector ended the connection without an answer");
        }
        return answer;
    }

    private void ready(Selector selector, long deadline) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0 || Thread.currentThread().isInterrupted()) {
            throw new IOException("did not answer within " + timeout.toMillis() + " ms");
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() {
        // No connection outlives its request.
    }
}
