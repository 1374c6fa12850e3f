package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A request's content on its way: kept from the first byte up to a limit, so that it can be sent again; beyond the
 * limit it is sent once and forgotten.
 */
final class RequestBody {

    private final ByteBufAllocator alloc;
    private final int limit;
    private @Nullable ByteBuf kept;
    private @Nullable Fields trailers;
    private boolean replayable = true;
    private boolean endSent;
    private @Nullable Outbound out;

    RequestBody(ByteBufAllocator alloc, int limit) {
        this.alloc = alloc;
        this.limit = limit;
    }

    /** Whether all of it that came can be sent once more. */
    boolean replayable() {
        return replayable;
    }

    /** Whether the client has sent all of it. */
    boolean complete() {
        return trailers != null;
    }

    /** Whether all of it was handed to the present upstream. */
    boolean sent() {
        return endSent;
    }

    /** How much waits for an upstream. */
    int waiting() {
        return out == null && kept != null ? kept.readableBytes() : 0;
    }

    void add(ByteBuf in, int length) {
        if (out != null && !replayable) {
            out.content(in, length);
            return;
        }
        if (kept == null) {
            kept = alloc.directBuffer(Math.min(Math.max(length, 512), 64 * 1024));
        }
        kept.writeBytes(in, length);
        replayable &= kept.writerIndex() <= limit;
        send();
    }

    void end(Fields last) {
        trailers = last;
        send();
    }

    /** From now on, and from its first byte, it goes there. */
    void sendTo(Outbound upstream) {
        out = upstream;
        endSent = false;
        if (kept != null) {
            kept.readerIndex(0);
        }
        send();
    }

    /** The upstream is gone; what comes now is kept for another one. */
    void detach() {
        out = null;
        endSent = false;
    }

    void release() {
        replayable = false;
        out = null;
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    private void send() {
        Outbound upstream = out;
        if (upstream == null) {
            return;
        }
        if (kept != null && kept.isReadable()) {
            upstream.content(kept, kept.readableBytes());
        }
        if (kept != null && !replayable) {
            kept.release();
            kept = null;
        }
        if (trailers != null && !endSent) {
            endSent = true;
            upstream.end(trailers);
        }
    }
}
