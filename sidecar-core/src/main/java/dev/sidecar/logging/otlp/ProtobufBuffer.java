package dev.sidecar.logging.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf written from its end to its begin: the length of a nested message is known once it is written, so nothing
 * is measured first or copied. Not thread-safe.
 */
final class ProtobufBuffer {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private byte[] bytes;
    private int begin;

    ProtobufBuffer(int size) {
        bytes = new byte[Math.max(64, size)];
        begin = bytes.length;
    }

    /** How much has been written. */
    int size() {
        return bytes.length - begin;
    }

    byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, begin, bytes.length);
    }

    /** Ends the nested message whose content was written since the size was {@code before}. */
    void message(int field, int before) {
        varint(size() - before);
        varint((long) field << 3 | BYTES);
    }

    void string(int field, String text) {
        bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, byte[] content) {
        raw(content);
        varint(content.length);
        varint((long) field << 3 | BYTES);
    }

    void raw(byte[] content) {
        reserve(content.length);
        begin -= content.length;
        System.arraycopy(content, 0, bytes, begin, content.length);
    }

    void number(int field, long value) {
        varint(value);
        varint((long) field << 3 | VARINT);
    }

    void fixed64(int field, long value) {
        reserve(8);
        begin -= 8;
        for (int i = 0; i < 8; i++) {
            bytes[begin + i] = (byte) (value >>> 8 * i);
        }
        varint((long) field << 3 | FIXED64);
    }

    void fixed32(int field, int value) {
        reserve(4);
        begin -= 4;
        for (int i = 0; i < 4; i++) {
            bytes[begin + i] = (byte) (value >>> 8 * i);
        }
        varint((long) field << 3 | FIXED32);
    }

    private void varint(long value) {
        int length = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
        reserve(length);
        begin -= length;
        long left = value;
        for (int i = 0; i < length - 1; i++) {
            bytes[begin + i] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[begin + length - 1] = (byte) left;
    }

    private void reserve(int more) {
        if (begin < more) {
            int size = size();
            byte[] larger = new byte[Math.max(bytes.length * 2, size + more)];
            System.arraycopy(bytes, begin, larger, larger.length - size, size);
            begin = larger.length - size;
            bytes = larger;
        }
    }
}
