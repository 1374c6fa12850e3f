package dev.sidecar.server.edge.driver.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * HAProxy's command line on a Unix socket, of a worker or of the master: one question a connection, the answer ends
 * with it (HAProxy Management Guide, "Unix Socket commands").
 */
record CliSocket(Path path, Duration timeout) {

    private static final int MAX_ANSWER = 8 << 20;

    String ask(String command) throws IOException {
        if (command.indexOf('\n') >= 0 || command.indexOf(';') >= 0) {
            throw new IOException("not one command: " + command);
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            // A worker ends the connection after one answer, a master only when nothing more can come.
            channel.shutdownOutput();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return answer(channel, selector);
        }
    }

    private String answer(SocketChannel channel, Selector selector) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0 || selector.select(left) == 0) {
                throw new SocketTimeoutException(path + " did not answer within " + timeout.toMillis() + " ms");
            }
            selector.selectedKeys().clear();
            int read = channel.read(buffer.clear());
            if (read < 0) {
                return answer.toString(StandardCharsets.UTF_8).strip();
            }
            answer.write(buffer.array(), 0, read);
            if (answer.size() > MAX_ANSWER) {
                throw new IOException(path + " answers without end");
            }
        }
    }

    boolean answers() {
        try {
            ask("show version");
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
