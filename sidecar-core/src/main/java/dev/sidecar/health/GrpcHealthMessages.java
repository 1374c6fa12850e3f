package dev.sidecar.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The two messages of {@code grpc.health.v1}, each with one field, in the form they have in a gRPC body: a byte that
 * says whether it is compressed, four of length, then protobuf.
 */
final class GrpcHealthMessages {

    /** In the order of their numbers. */
    enum ServingStatus {
        UNKNOWN,
        SERVING,
        NOT_SERVING,
        SERVICE_UNKNOWN
    }

    private static final int PREFIX = 5;
    private static final int STRING_FIELD_1 = 1 << 3 | 2;

    private GrpcHealthMessages() {}

    static byte[] request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write(STRING_FIELD_1);
            int length = name.length;
            for (; length > 0x7F; length >>>= 7) {
                message.write(length & 0x7F | 0x80);
            }
            message.write(length);
            message.writeBytes(name);
        }
        return ByteBuffer.allocate(PREFIX + message.size())
                .put((byte) 0)
                .putInt(message.size())
                .put(message.toByteArray())
                .array();
    }

    /** Fields other than the status are passed over, for a later version may have some. */
    static ServingStatus status(ByteBuffer body) throws IOException {
        if (body.remaining() < PREFIX || body.get() != 0 || body.getInt() != body.remaining()) {
            throw new IOException("the answer is not one gRPC message");
        }
        long status = 0;
        while (body.hasRemaining()) {
            long tag = varint(body);
            switch ((int) (tag & 7)) {
                case 0 -> {
                    long value = varint(body);
                    status = tag >>> 3 == 1 ? value : status;
                }
                case 1 -> skip(body, 8);
                case 2 -> skip(body, varint(body));
                case 5 -> skip(body, 4);
                default -> throw new IOException("the answer is not a protobuf message");
            }
        }
        return status >= 0 && status < ServingStatus.values().length
                ? ServingStatus.values()[(int) status]
                : ServingStatus.UNKNOWN;
    }

    private static long varint(ByteBuffer body) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64 && body.hasRemaining(); shift += 7) {
            byte next = body.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("the answer ends within a number");
    }

    private static void skip(ByteBuffer body, long bytes) throws IOException {
        if (bytes < 0 || bytes > body.remaining()) {
            throw new IOException("the answer ends within a field");
        }
        body.position(body.position() + (int) bytes);
    }
}
