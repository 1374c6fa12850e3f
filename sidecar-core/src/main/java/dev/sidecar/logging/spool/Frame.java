package dev.sidecar.logging.spool;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One batch as it lies in a segment: magic, length of the payload, number of records, CRC32C (each 32 bits), the time
 * of writing (64 bits), the payload. The checksum covers all but the magic and itself.
 *
 * @param offset where the header begins
 */
record Frame(long offset, int length, int records, int crc, long timeMs) {

    static final int HEADER = 24;
    static final int MAGIC = 0x5343_4652;

    /** A length over this is not one. */
    static final int MAX_LENGTH = 64 << 20;

    /** A frame for each payload, ready to be written. */
    static byte[] encode(List<Payload> payloads, long timeMs) {
        int size = 0;
        for (Payload payload : payloads) {
            size += HEADER + payload.content().length;
        }
        ByteBuffer frames = ByteBuffer.allocate(size);
        for (Payload payload : payloads) {
            byte[] content = payload.content();
            frames.putInt(MAGIC).putInt(content.length).putInt(payload.records());
            frames.putInt(checksum(content.length, payload.records(), timeMs, ByteBuffer.wrap(content)));
            frames.putLong(timeMs).put(content);
        }
        return frames.array();
    }

    /** Reads a header, whose magic and length may be wrong. */
    static Frame header(long offset, ByteBuffer header) {
        int magic = header.getInt();
        int length = header.getInt();
        int records = header.getInt();
        int crc = header.getInt();
        return new Frame(offset, magic == MAGIC ? length : -1, records, crc, header.getLong());
    }

    boolean isPlausible() {
        return length >= 0 && length <= MAX_LENGTH && records >= 0;
    }

    boolean matches(ByteBuffer payload) {
        return checksum(length, records, timeMs, payload) == crc;
    }

    long end() {
        return offset + HEADER + length;
    }

    private static int checksum(int length, int records, long timeMs, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16)
                .putInt(length)
                .putInt(records)
                .putLong(timeMs)
                .flip());
        crc.update(payload);
        return (int) crc.getValue();
    }
}
