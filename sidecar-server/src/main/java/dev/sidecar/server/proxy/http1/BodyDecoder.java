package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;

/** Finds the content of one message in what arrives. Not thread-safe. */
public final class BodyDecoder {

    private static final Fields NO_TRAILERS = Fields.none();

    private final Framing framing;
    private final ChunkDecoder chunks;
    private long left;
    private boolean done;

    /**
     * @param framing how the end is found
     * @param length the bytes to come when {@code framing} is {@link Framing#LENGTH}
     */
    public BodyDecoder(Framing framing, long length, HeadLimits trailerLimits) {
        this.framing = framing;
        this.left = framing == Framing.LENGTH ? length : 0;
        this.chunks = framing == Framing.CHUNKED ? new ChunkDecoder(trailerLimits) : ChunkDecoder.NONE;
    }

    /** Hands on what there is; never reads past the message. */
    public void decode(ByteBuf in, BodySink sink) throws FramingException {
        if (done) {
            return;
        }
        switch (framing) {
            case NONE -> finish(NO_TRAILERS, sink);
            case LENGTH -> {
                int length = (int) Math.min(left, in.readableBytes());
                if (length > 0) {
                    left -= length;
                    sink.content(in, length);
                }
                if (left == 0) {
                    finish(NO_TRAILERS, sink);
                }
            }
            case CHUNKED -> {
                Fields trailers = chunks.decode(in, sink);
                if (trailers != null) {
                    finish(trailers, sink);
                }
            }
            case UNTIL_CLOSE -> {
                if (in.isReadable()) {
                    sink.content(in, in.readableBytes());
                }
            }
        }
    }

    /** The connection ended: whether that is the end of this message, which is then handed on. */
    public boolean endOfInput(BodySink sink) {
        if (!done && framing == Framing.UNTIL_CLOSE) {
            finish(NO_TRAILERS, sink);
        }
        return done;
    }

    /** Whether the message is complete. */
    public boolean done() {
        return done;
    }

    private void finish(Fields trailers, BodySink sink) {
        done = true;
        sink.end(trailers);
    }
}
