package dev.sidecar.client.transport;

import dev.sidecar.client.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request at a time over one kept-alive connection, which is made when it is needed and again after it was
 * lost. For one thread at a time; only {@link #close()} may come from another, and ends what is going on.
 */
final class Connection implements Closeable {

    /** Beyond this an answer is refused: it would be our memory that it fills. */
    static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final Endpoint endpoint;
    private final Duration connectTimeout;
    private final String commonHeaders;
    private final Runnable lost;
    private volatile @Nullable Wire wire;
    private volatile boolean closed;

    /**
     * @param commonHeaders lines that go with every request, each with its CRLF
     * @param lost told when a kept-alive connection turned out to be gone and another one was made
     */
    Connection(Endpoint endpoint, Duration connectTimeout, String commonHeaders, Runnable lost) {
        this.endpoint = endpoint;
        this.connectTimeout = connectTimeout;
        this.commonHeaders = commonHeaders;
        this.lost = lost;
    }

    /** Sends and reads the whole answer. After a failure the next call begins on a new connection. */
    Response exchange(Request request, Deadline deadline) throws IOException {
        Head head = send(request, deadline);
        Wire used = open(deadline);
        boolean whole = false;
        try (Body body = new Body(used, head, deadline)) {
            Response response = new Response(head.status(), head.headers(), readAll(body));
            whole = head.reusable() && body.complete() && !used.more();
            return response;
        } catch (IOException e) {
            throw closed ? new AsynchronousCloseException() : e;
        } finally {
            if (!whole) {
                disconnect();
            }
        }
    }

    /** Sends and hands over an endless answer; reading it has no time limit, closing this connection ends it. */
    Stream stream(Request request, Deadline deadline) throws IOException {
        Head head = send(request, deadline);
        Wire used = open(deadline);
        if (head.status() == 200) {
            return new Stream(head.status(), head.headers(), new Body(used, head, Deadline.never()));
        }
        try (Body body = new Body(used, head, deadline)) {
            return new Stream(head.status(), head.headers(), new ByteArrayInputStream(readAll(body)));
        } finally {
            disconnect();
        }
    }

    /** An answer that is still coming. */
    record Stream(int status, Map<String, String> headers, InputStream body) {}

    private Head send(Request request, Deadline deadline) throws IOException {
        Wire kept = wire;
        if (kept != null && !request.repeatable() && !kept.quiet()) {
            // What cannot be sent twice is not risked on a connection that is seen to be closed.
            disconnect();
            kept = null;
            lost.run();
        }
        try {
            return sendOnce(request, deadline);
        } catch (InterruptedIOException e) { // a timeout is one too
            disconnect();
            throw e;
        } catch (IOException e) {
            if (closed) {
                throw new AsynchronousCloseException();
            }
            boolean again = kept != null && !kept.answered() && (request.repeatable() || kept.sent() == 0);
            disconnect();
            if (!again) {
                throw e;
            }
            Head head = sendOnce(request, deadline);
            lost.run();
            return head;
        }
    }

    private Head sendOnce(Request request, Deadline deadline) throws IOException {
        Wire current = open(deadline);
        try {
            try {
                current.send(head(request), request.body(), deadline);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                return refusal(current, deadline, e);
            }
            return Head.read(current, deadline);
        } catch (IOException | RuntimeException e) {
            disconnect();
            throw e;
        }
    }

    /** A server that refuses a body may answer and close before it has read all of it: that answer says why. */
    private static Head refusal(Wire wire, Deadline deadline, IOException cause) throws IOException {
        try {
            Head head = Head.read(wire, deadline);
            return new Head(head.status(), head.headers(), false);
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw cause;
        }
    }

    private byte[] head(Request request) {
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\n")
                .append(commonHeaders)
                .append("Accept: ")
                .append(request.accept())
                .append("\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (request.contentType() != null) {
            head.append("Content-Type: ")
                    .append(request.contentType())
                    .append("\r\nContent-Length: ")
                    .append(request.body().length)
                    .append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] readAll(Body body) throws IOException {
        if (body.announced() > MAX_BODY_BYTES) {
            throw new AnswerTooLargeException(MAX_BODY_BYTES);
        }
        byte[] bytes = new byte[Math.max((int) body.announced(), 1024)];
        int count = 0;
        for (int read; (read = body.read(bytes, count, bytes.length - count)) >= 0; ) {
            count += read;
            if (count > MAX_BODY_BYTES) {
                throw new AnswerTooLargeException(MAX_BODY_BYTES);
            }
            if (count == bytes.length) {
                if (body.complete()) {
                    break;
                }
                bytes = Arrays.copyOf(bytes, count * 2);
            }
        }
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    private Wire open(Deadline deadline) throws IOException {
        Wire current = wire;
        if (current == null) {
            current = Wire.connect(endpoint, deadline.earlier(Deadline.after(connectTimeout)));
            wire = current;
        }
        if (closed) {
            disconnect();
            throw new AsynchronousCloseException();
        }
        return current;
    }

    private void disconnect() {
        Wire current = wire;
        wire = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }
}
