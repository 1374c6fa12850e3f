package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes chunks apart (RFC 9112 section 7.1). Extensions are checked and dropped; nothing is forgiven. */
final class ChunkDecoder {

    static final ChunkDecoder NONE = new ChunkDecoder(HeadLimits.DEFAULT);

    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_LINE = 256;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS
    }

    private final HeadLimits limits;
    private State state = State.SIZE;
    private long size;
    private int digits;
    private int line;
    private boolean quoted;
    private boolean escaped;

    ChunkDecoder(HeadLimits limits) {
        this.limits = limits;
    }

    /** The trailers once the last chunk and they are complete, else null. */
    @Nullable
    Fields decode(ByteBuf in, BodySink sink) throws FramingException {
        while (state != State.TRAILERS) {
            if (!in.isReadable()) {
                return null;
            }
            if (state == State.DATA) {
                data(in, sink);
            } else {
                step(in.readByte());
            }
        }
        return trailers(in);
    }

    private void data(ByteBuf in, BodySink sink) {
        int length = (int) Math.min(size, in.readableBytes());
        size -= length;
        if (size == 0) {
            state = State.DATA_CR;
        }
        sink.content(in, length);
    }

    private void step(byte octet) throws FramingException {
        switch (state) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> {
                expect(octet, Octets.LF);
                state = size == 0 ? State.TRAILERS : State.DATA;
                digits = 0;
            }
            case DATA_CR -> {
                expect(octet, Octets.CR);
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(octet, Octets.LF);
                state = State.SIZE;
                line = 0;
            }
            case DATA, TRAILERS -> throw new IllegalStateException(state.name());
        }
    }

    private void size(byte octet) throws FramingException {
        int digit = Octets.hex(octet);
        if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
            size = digits == 0 ? digit : (size << 4) + digit;
            digits++;
        } else if (digits > 0 && octet == Octets.CR) {
            state = State.SIZE_LF;
        } else if (digits > 0 && octet == ';') {
            state = State.EXTENSION;
            line = 0;
            quoted = false;
            escaped = false;
        } else {
            throw FramingException.malformed("a chunk size that is not 1 to 15 hexadecimal digits");
        }
    }

    private void extension(byte octet) throws FramingException {
        if (++line > MAX_LINE) {
            throw FramingException.malformed("a chunk extension longer than " + MAX_LINE + " bytes");
        }
        if (octet == Octets.CR && !quoted && line > 1) {
            state = State.SIZE_LF;
        } else if (quoted ? !Octets.value(octet) : !extensionName(octet)) {
            throw FramingException.malformed("a chunk extension with a character that is not allowed");
        } else if (escaped) {
            escaped = false;
        } else if (octet == '"') {
            quoted = !quoted;
        } else if (octet == '\\') {
            escaped = true;
        }
    }

    private static boolean extensionName(byte octet) {
        return Octets.token(octet) || octet == ';' || octet == '=' || octet == '"';
    }

    private static void expect(byte octet, byte expected) throws FramingException {
        if (octet != expected) {
            throw FramingException.malformed("a chunk that does not end where its size says");
        }
    }

    private @Nullable Fields trailers(ByteBuf in) throws FramingException {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable >= 2 && in.getByte(start) == Octets.CR && in.getByte(start + 1) == Octets.LF) {
            in.skipBytes(2);
            return Fields.none();
        }
        int end = endOfTrailers(in, start, Math.min(readable, limits.maxBytes() + 1));
        if (end < 0) {
            if (readable > limits.maxBytes()) {
                throw new FramingException(
                        431, "trailers-too-large", "the trailers are larger than " + limits.maxBytes() + " bytes");
            }
            return null;
        }
        byte[] bytes = new byte[end - start];
        in.readBytes(bytes);
        Fields trailers = Fields.parse(bytes, 0, bytes.length, limits.maxFields());
        for (int i = 0; i < trailers.count(); i++) {
            byte kind = trailers.kind(i);
            if (Field.isFraming(kind) || Field.isHopByHop(kind) || kind == Field.TRAILER) {
                throw FramingException.malformed("a trailer that must be a header field");
            }
        }
        return trailers;
    }

    private static int endOfTrailers(ByteBuf in, int start, int readable) throws FramingException {
        int lineStart = start;
        while (true) {
            int lf = in.indexOf(lineStart, start + readable, Octets.LF);
            if (lf < 0) {
                return -1;
            }
            if (lf == lineStart || in.getByte(lf - 1) != Octets.CR) {
                throw FramingException.malformed("a line feed without a carriage return");
            }
            if (lf == lineStart + 1) {
                return lf + 1;
            }
            lineStart = lf + 1;
        }
    }
}
