package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FileRegion;
import org.jspecify.annotations.Nullable;

/**
 * What is written to one connection. Heads and small pieces of content are gathered into one buffer, so that a small
 * message is one write; large pieces go out as they came in, uncopied.
 */
final class Outbound {

    private static final int FIRST = 2048;
    private static final int COPIED = 4096;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final ChannelHandlerContext context;
    private final Afterwards afterwards;
    private @Nullable ByteBuf gathered;
    private boolean dirty;
    private boolean chunked;
    private boolean waiting;

    Outbound(ChannelHandlerContext context, Afterwards afterwards) {
        this.context = context;
        this.afterwards = afterwards;
    }

    /** The buffer to write a head into; call {@link #flush} when all that is there now is written. */
    ByteBuf gathered() {
        ByteBuf out = gathered;
        if (out == null) {
            out = context.alloc().directBuffer(FIRST);
            gathered = out;
        }
        return out;
    }

    /** How the content that follows is framed. */
    void chunked(boolean chunked) {
        this.chunked = chunked;
    }

    /** Writes the next {@code length} bytes of {@code in}, which is released by its owner. */
    void content(ByteBuf in, int length) {
        if (chunked) {
            chunkSize(length);
        }
        if (length <= COPIED) {
            gathered().writeBytes(in, length);
        } else {
            push();
            dirty = true;
            context.write(in.readRetainedSlice(length), context.voidPromise());
        }
        if (chunked) {
            lineEnd();
        }
    }

    /** Writes bytes as they are. */
    void bytes(byte[] bytes) {
        if (bytes.length > COPIED) {
            whole(context.alloc().directBuffer(bytes.length).writeBytes(bytes));
        } else {
            gathered().writeBytes(bytes);
        }
    }

    /** Writes a buffer that it takes over, as it is. */
    void whole(ByteBuf bytes) {
        push();
        dirty = true;
        context.write(bytes, context.voidPromise());
    }

    /** Writes a stretch of a file. */
    void region(FileRegion region) {
        push();
        dirty = true;
        context.write(region, context.voidPromise());
    }

    /** Ends the content. */
    void end(Fields trailers) {
        if (chunked) {
            gathered().writeByte('0');
            lineEnd();
            HeadWriter.trailers(gathered(), trailers);
        }
    }

    /** Flushes when the event loop has read what there is to read. */
    void flushSoon() {
        if (!waiting && (dirty || gathered != null)) {
            waiting = true;
            afterwards.send(this);
        }
    }

    void flush() {
        waiting = false;
        push();
        if (dirty) {
            dirty = false;
            context.flush();
        }
    }

    /** Flushes; the future is done when everything written up to now is with the kernel. */
    ChannelFuture flushed() {
        push();
        dirty = false;
        return context.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER);
    }

    void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    private void push() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            dirty = true;
            context.write(out, context.voidPromise());
        }
    }

    private void chunkSize(int length) {
        ByteBuf out = gathered();
        int shift = Math.max(0, (31 - Integer.numberOfLeadingZeros(length)) / 4 * 4);
        for (; shift >= 0; shift -= 4) {
            out.writeByte(DIGITS[(length >>> shift) & 15]);
        }
        lineEnd();
    }

    private void lineEnd() {
        gathered().writeShort('\r' << 8 | '\n');
    }
}
