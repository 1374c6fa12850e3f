package dev.sidecar.client.transport;

import dev.sidecar.client.Endpoint;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connected socket whose every operation ends by a deadline. For one thread at a time; only {@link #close()} may
 * come from another, and ends what is going on.
 *
 * <p>Non-blocking with a selector of its own: the one way in Java to have time limits on a Unix socket without a
 * second thread.
 */
final class Wire implements Closeable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] received = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long sent;
    private boolean answered;

    private Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        try {
            this.key = channel.register(selector, SelectionKey.OP_CONNECT);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    static Wire connect(Endpoint endpoint, Deadline deadline) throws IOException {
        SocketChannel channel = endpoint instanceof Endpoint.Unix
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        Wire wire;
        try {
            if (endpoint instanceof Endpoint.Tcp) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            wire = new Wire(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        try {
            wire.connect(address(endpoint), deadline);
            return wire;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private void connect(SocketAddress address, Deadline deadline) throws IOException {
        if (!channel.connect(address)) {
            do {
                await(SelectionKey.OP_CONNECT, deadline, "connecting");
            } while (!channel.finishConnect());
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private static SocketAddress address(Endpoint endpoint) throws IOException {
        if (endpoint instanceof Endpoint.Tcp tcp) {
            return new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port());
        }
        return UnixDomainSocketAddress.of(((Endpoint.Unix) endpoint).path());
    }

    /** Sends both parts, in one go where they fit. */
    void send(byte[] head, byte[] body, Deadline deadline) throws IOException {
        sent = 0;
        answered = false;
        transfer.clear().put(head);
        int taken = 0;
        do {
            int part = Math.min(body.length - taken, transfer.remaining());
            transfer.put(body, taken, part).flip();
            taken += part;
            while (transfer.hasRemaining()) {
                int written = channel.write(transfer);
                sent += written;
                if (written == 0) {
                    await(SelectionKey.OP_WRITE, deadline, "sending");
                }
            }
            transfer.clear();
        } while (taken < body.length);
    }

    /** How many bytes the system has taken since the last {@link #send} began. */
    long sent() {
        return sent;
    }

    /** Whether anything was received since the last {@link #send} began. */
    boolean answered() {
        return answered;
    }

    /**
     * What comes before the next LF or CRLF.
     *
     * @throws MalformedAnswerException where that is longer than so many bytes
     */
    String line(int maxBytes, Deadline deadline) throws IOException {
        String begun = "";
        while (true) {
            int end = position;
            while (end < limit && received[end] != '\n') {
                end++;
            }
            String part = new String(received, position, end - position, StandardCharsets.ISO_8859_1);
            String text = begun.isEmpty() ? part : begun + part;
            if (text.length() > maxBytes) {
                throw new MalformedAnswerException("headers larger than " + Head.MAX_BYTES + " bytes");
            }
            if (end < limit) {
                position = end + 1;
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            position = limit;
            begun = text;
            if (!fill(deadline)) {
                throw new EOFException("closed in the middle of an answer");
            }
        }
    }

    /** Up to so many bytes, at least one; -1 at the end of the stream. */
    int read(byte[] target, int offset, int length, Deadline deadline) throws IOException {
        if (position >= limit && !fill(deadline)) {
            return -1;
        }
        int part = Math.min(length, limit - position);
        System.arraycopy(received, position, target, offset, part);
        position += part;
        return part;
    }

    private boolean fill(Deadline deadline) throws IOException {
        // An answer is never there already, so to wait first saves a system call.
        await(SelectionKey.OP_READ, deadline, "waiting for the answer");
        return receive(deadline) > 0;
    }

    private int receive(Deadline deadline) throws IOException {
        int count;
        while ((count = channel.read(transfer.clear())) == 0) {
            await(SelectionKey.OP_READ, deadline, "waiting for the answer");
        }
        answered |= count > 0;
        position = 0;
        limit = Math.max(count, 0);
        transfer.flip().get(received, 0, limit);
        return count;
    }

    /** Whether something was received that nobody has read. */
    boolean more() {
        return position < limit;
    }

    /** Whether nothing but a request can come next: not closed by the other side, nothing received unasked. */
    boolean quiet() {
        try {
            return !more() && channel.read(transfer.clear()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(int operation, Deadline deadline, String doing) throws IOException {
        try {
            if (key.interestOps() != operation) {
                key.interestOps(operation);
            }
            long millis;
            while ((millis = deadline.millisLeft()) > 0) {
                if (selector.select(millis) > 0) {
                    selector.selectedKeys().clear();
                    return;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while " + doing);
                }
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("closed while " + doing, e);
        }
        throw new SocketTimeoutException("timed out after " + deadline.allowed().toMillis() + " ms while " + doing);
    }

    @Override
    public void close() {
        try (channel;
                selector) {
            // Both are tried, the selector first: that wakes a thread that waits.
        } catch (IOException e) {
            // Nothing more can be done for a socket that is not wanted any more.
        }
    }
}
