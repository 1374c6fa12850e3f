package dev.sidecar.server.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client's end of an HTTP/2 connection, frame by frame, that may say what no client library would. */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    /** What stands for the end of the connection. */
    static final int CLOSED = -1;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int PROTOCOL_ERROR = 1;
    static final int FLOW_CONTROL_ERROR = 3;
    static final int STREAM_CLOSED = 5;
    static final int FRAME_SIZE_ERROR = 6;
    static final int COMPRESSION_ERROR = 9;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);

    /** A frame as it came. */
    record Frame(int type, int flags, int stream, byte[] payload) {

        boolean is(int kind) {
            return type == kind;
        }

        /** The error code of a RST_STREAM or GOAWAY. */
        int error() {
            int at = type == GOAWAY ? 4 : 0;
            return (payload[at] & 0xff) << 24
                    | (payload[at + 1] & 0xff) << 16
                    | (payload[at + 2] & 0xff) << 8
                    | payload[at + 3] & 0xff;
        }
    }

    private RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** One that has said nothing. */
    static RawHttp2 silent(int port) throws IOException {
        return new RawHttp2(port);
    }

    /** One that has sent the preface and its settings. */
    static RawHttp2 to(int port) throws IOException {
        RawHttp2 client = new RawHttp2(port);
        client.bytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        client.send(SETTINGS, 0, 0, new byte[0]);
        return client;
    }

    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.writeBytes(four(stream));
        frame.writeBytes(payload);
        try {
            out.write(frame.toByteArray());
        } catch (SocketException closed) {
            // What comes next says so.
        }
    }

    /** A whole head that ends the request. */
    void get(int stream, String... fields) throws IOException {
        send(HEADERS, END_HEADERS | END_STREAM, stream, head(fields));
    }

    static byte[] four(int number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    /** Lines such as {@code name=value}, each a literal that is not to be remembered. */
    static byte[] head(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String field : fields) {
            int equals = field.indexOf('=', 1);
            block.write(0);
            text(block, field.substring(0, equals));
            text(block, field.substring(equals + 1));
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Frame next() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            return new Frame(type, flags, stream, payload);
        } catch (EOFException end) {
            return new Frame(CLOSED, 0, 0, new byte[0]);
        }
    }

    /** The next one of that kind, or the end of the connection. */
    Frame await(int type) throws IOException {
        Frame frame = next();
        while (!frame.is(type) && !frame.is(CLOSED)) {
            frame = next();
        }
        return frame;
    }

    /** The next one that ends something: RST_STREAM, GOAWAY or the end of the connection. */
    Frame refusal() throws IOException {
        Frame frame = next();
        while (!frame.is(RST_STREAM) && !frame.is(GOAWAY) && !frame.is(CLOSED)) {
            frame = next();
        }
        return frame;
    }

    /** The next byte, whatever it belongs to; -1 at the end. */
    int socketRead() throws IOException {
        return in.read();
    }

    String status(Frame headers) throws Http2Exception {
        Http2Headers decoded = hpack.decodeHeaders(headers.stream(), Unpooled.wrappedBuffer(headers.payload()));
        return String.valueOf(decoded.status());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
