package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.BodyDecoder;
import dev.sidecar.server.proxy.http1.BodySink;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.HeadLimits;
import dev.sidecar.server.proxy.http1.HeadReader;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Reads the one response that a {@link ClientConnection} writes, for those who pass it on in another form. */
final class ResponseReader implements BodySink {

    /** Heads are ours, and have more fields than what came from the upstream. */
    private static final HeadLimits LIMITS = new HeadLimits(256 * 1024, 1000, 8 * 1024);

    private final HeadReader heads = new HeadReader(LIMITS);
    private final HeadReader.Progress progress = new HeadReader.Progress();
    private final Inbound inbound = new Inbound();
    private final ByteBufAllocator alloc;
    private final boolean toHead;
    private final ResponseSink sink;
    private @Nullable BodyDecoder body;
    private boolean ended;

    /**
     * @param toHead whether it answers a HEAD request
     */
    ResponseReader(ByteBufAllocator alloc, boolean toHead, ResponseSink sink) {
        this.alloc = alloc;
        this.toHead = toHead;
        this.sink = sink;
    }

    /** Takes over the next bytes. */
    void read(ByteBuf bytes) {
        inbound.add(bytes, alloc);
        try {
            while (!ended && step()) {
                // One part after the other.
            }
        } catch (FramingException ours) {
            throw new IllegalStateException("an answer of ours is malformed", ours);
        }
        inbound.trim();
    }

    private boolean step() throws FramingException {
        ByteBuf in = inbound.readable();
        if (in == null || !in.isReadable()) {
            return false;
        }
        BodyDecoder current = body;
        if (current != null) {
            current.decode(in, this);
            return current.done();
        }
        ResponseHead head = heads.response(in, progress);
        if (head == null) {
            return false;
        }
        Framing framing = head.framing(toHead);
        sink.head(head, framing == Framing.NONE);
        if (!head.interim()) {
            BodyDecoder next = new BodyDecoder(framing, head.contentLength(), LIMITS);
            body = next;
            if (framing == Framing.NONE) {
                next.decode(Unpooled.EMPTY_BUFFER, this);
            }
        }
        return true;
    }

    @Override
    public void content(ByteBuf in, int length) {
        sink.content(in, length);
    }

    @Override
    public void end(Fields trailers) {
        ended = true;
        sink.end(trailers);
    }

    /** Whether the final response was complete. */
    boolean ended() {
        return ended;
    }

    void release() {
        inbound.release();
    }
}
