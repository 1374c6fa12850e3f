import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The least there can be between two processes that speak HTTP: bytes prepared once, a blocking write and read. */
final class RawSocket {

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(16 * 1024);

    RawSocket(SocketAddress address) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        if (address instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.connect(address);
    }

    static ByteBuffer request(String method, String path, String token, String type, String body) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n"
                + "Accept: application/json\r\n"
                + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n");
        byte[] bytes = (head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    void exchange(ByteBuffer request) throws IOException {
        ByteBuffer bytes = request.duplicate();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        answer.clear();
        do {
            if (channel.read(answer) < 0) {
                throw new EOFException("the sidecar hung up");
            }
        } while (!whole());
        if (answer.get(9) != '2') {
            throw new IOException("refused: " + text());
        }
    }

    private boolean whole() {
        int end = answer.position();
        for (int i = 0; i + 3 < end; i++) {
            if (answer.get(i) == '\r' && answer.get(i + 2) == '\r') {
                int length = contentLength(i);
                return length >= 0 ? end == i + 4 + length : endsWithLastChunk(end);
            }
        }
        return false;
    }

    /** -1 where the body comes in chunks. */
    private int contentLength(int headEnd) {
        for (int i = 0; i < headEnd; i++) {
            if (answer.get(i) == '\n' && (answer.get(i + 1) | 0x20) == 'c' && (answer.get(i + 9) | 0x20) == 'l') {
                int at = i + 16;
                int length = 0;
                for (; answer.get(at) != '\r'; at++) {
                    if (answer.get(at) >= '0') {
                        length = length * 10 + answer.get(at) - '0';
                    }
                }
                return length;
            }
        }
        return -1;
    }

    private boolean endsWithLastChunk(int end) {
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (answer.get(end - LAST_CHUNK.length + i) != LAST_CHUNK[i]) {
                return false;
            }
        }
        return true;
    }

    private String text() {
        byte[] bytes = new byte[answer.position()];
        answer.flip().get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
