package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes heads off a buffer when they are there to the last byte. Bare line feeds and heads that are too large are
 * refused before they are complete. One per event loop; callers keep {@link Progress} per connection.
 */
public final class HeadReader {

    private static final int STEP = 1024;

    private final HeadLimits limits;
    private final byte[] window = new byte[STEP];

    public HeadReader(HeadLimits limits) {
        this.limits = limits;
    }

    public HeadLimits limits() {
        return limits;
    }

    /** How far a connection's unfinished head has been looked at. */
    public static final class Progress {
        private int scanned;
        private byte last;
        private byte beforeLast;
        private byte beforeThat;

        private void reset() {
            scanned = 0;
            last = 0;
            beforeLast = 0;
            beforeThat = 0;
        }
    }

    /** The next request's head, or null when it is not complete. */
    public @Nullable RequestHead request(ByteBuf in, Progress progress) throws FramingException {
        byte[] bytes = take(in, progress);
        return bytes == null ? null : RequestHead.parse(bytes, limits);
    }

    /** The next response's head, or null when it is not complete. */
    public @Nullable ResponseHead response(ByteBuf in, Progress progress) throws FramingException {
        byte[] bytes = take(in, progress);
        return bytes == null ? null : ResponseHead.parse(bytes, limits);
    }

    private byte @Nullable [] take(ByteBuf in, Progress progress) throws FramingException {
        int end = end(in, progress);
        if (end > limits.maxBytes() || (end < 0 && in.readableBytes() > limits.maxBytes())) {
            throw new FramingException(
                    431, "head-too-large", "the message head is larger than " + limits.maxBytes() + " bytes");
        }
        if (end < 0) {
            return null;
        }
        progress.reset();
        byte[] bytes = new byte[end];
        in.readBytes(bytes);
        return bytes;
    }

    // The place after the first empty line, or -1. The last three bytes are carried over from look to look.
    private int end(ByteBuf in, Progress progress) throws FramingException {
        int readable = Math.min(in.readableBytes(), limits.maxBytes() + 1);
        byte a = progress.beforeThat;
        byte b = progress.beforeLast;
        byte c = progress.last;
        int at = progress.scanned;
        while (at < readable) {
            int length = Math.min(STEP, readable - at);
            in.getBytes(in.readerIndex() + at, window, 0, length);
            for (int i = 0; i < length; i++) {
                byte octet = window[i];
                if (octet == Octets.LF) {
                    if (c != Octets.CR) {
                        throw FramingException.malformed("a line feed without a carriage return");
                    }
                    if (b == Octets.LF && a == Octets.CR) {
                        return at + i + 1;
                    }
                }
                a = b;
                b = c;
                c = octet;
            }
            at += length;
        }
        progress.scanned = at;
        progress.last = c;
        progress.beforeLast = b;
        progress.beforeThat = a;
        return -1;
    }
}
