package dev.sidecar.client.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one answer, however it is framed (RFC 9112, 6). For one thread. */
final class Body extends InputStream {

    private static final long UNTIL_CLOSED = -1;
    private static final int MAX_TRAILER_BYTES = 64 * 1024;

    private final Wire wire;
    private final Deadline deadline;
    private final boolean chunked;
    /** Of the body, or of the current chunk; {@link #UNTIL_CLOSED} where only the end of the stream tells. */
    private long left;

    private boolean ended;

    Body(Wire wire, Head head, Deadline deadline) throws IOException {
        this.wire = wire;
        this.deadline = deadline;
        String coding = head.headers().get("transfer-encoding");
        String length = head.headers().get("content-length");
        this.chunked = coding != null && head.status() != 204;
        if (head.status() == 204 || head.status() == 304) {
            ended = true;
        } else if (coding != null) {
            if (!"chunked".equalsIgnoreCase(coding)) {
                throw new MalformedAnswerException("unknown transfer coding '" + coding + "'");
            }
        } else if (length != null) {
            left = number(length, 10);
            ended = left == 0;
        } else {
            left = UNTIL_CLOSED;
        }
    }

    /** Whether the end was reached and the connection is where the next answer begins. */
    boolean complete() {
        return ended && left != UNTIL_CLOSED;
    }

    /** What is announced; 0 where it is not. */
    long announced() {
        return chunked || left == UNTIL_CLOSED ? 0 : left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && chunked && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int wanted = left == UNTIL_CLOSED ? length : (int) Math.min(length, left);
        int count = wire.read(target, offset, wanted, deadline);
        if (count < 0) {
            if (left == UNTIL_CLOSED) {
                ended = true;
                return -1;
            }
            throw new EOFException("closed in the middle of an answer");
        }
        if (left != UNTIL_CLOSED) {
            left -= count;
            if (left == 0) {
                endOfPart();
            }
        }
        return count;
    }

    private void endOfPart() throws IOException {
        if (!chunked) {
            ended = true;
        } else if (!new Head.Lines(wire, deadline, 2).next().isEmpty()) {
            throw new MalformedAnswerException("a chunk is longer than it said");
        }
    }

    private void nextChunk() throws IOException {
        String line = new Head.Lines(wire, deadline, 4096).next();
        int extension = line.indexOf(';');
        left = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        if (left == 0) {
            ended = true;
            Head.Lines trailers = new Head.Lines(wire, deadline, MAX_TRAILER_BYTES);
            while (!trailers.next().isEmpty()) {
                // Nobody asked for trailers.
            }
        }
    }

    private static long number(String text, int radix) throws IOException {
        try {
            if (!text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0) {
                return Long.parseLong(text, radix);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new MalformedAnswerException("not a length: '" + text + "'");
    }
}
