package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.FramingException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;

/** Content that comes in DATA frames, handed on as HTTP/1.1 frames it; never more nor less than was announced. */
final class Http2Content {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final boolean chunked;
    private long left;
    private boolean ended;

    /**
     * @param length as announced; -1 when it was not
     */
    Http2Content(long length) {
        this.chunked = length < 0;
        this.left = length;
    }

    /** Nothing comes. */
    static Http2Content none() {
        Http2Content none = new Http2Content(0);
        none.ended = true;
        return none;
    }

    boolean ended() {
        return ended;
    }

    void data(ChannelHandlerContext ctx, ByteBuf content, boolean ends) throws FramingException {
        int length = content.readableBytes();
        if (ended || (!chunked && length > left)) {
            throw Http2Heads.malformed("more content than was announced");
        }
        left -= chunked ? 0 : length;
        if (length > 0) {
            if (chunked) {
                ctx.fireChannelRead(ascii(ctx, Integer.toHexString(length) + "\r\n"));
            }
            ctx.fireChannelRead(content.retain());
            if (chunked) {
                ctx.fireChannelRead(Unpooled.wrappedBuffer(LINE_END));
            }
        }
        if (ends) {
            finish();
            if (chunked) {
                ctx.fireChannelRead(ascii(ctx, "0\r\n\r\n"));
            }
        }
    }

    void trailers(ChannelHandlerContext ctx, Http2Headers trailers, boolean ends) throws FramingException {
        if (ended || !ends) {
            throw Http2Heads.malformed("a head in the middle of content");
        }
        ByteBuf out = ctx.alloc().buffer();
        try {
            out.writeCharSequence("0\r\n", StandardCharsets.US_ASCII);
            Http2Heads.trailers(trailers, out);
            finish();
        } catch (FramingException malformed) {
            out.release();
            throw malformed;
        }
        if (chunked) {
            ctx.fireChannelRead(out);
        } else {
            // HTTP/1.1 has no place for them behind content of a known length.
            out.release();
        }
    }

    private void finish() throws FramingException {
        ended = true;
        if (!chunked && left > 0) {
            throw Http2Heads.malformed("less content than was announced");
        }
    }

    private static ByteBuf ascii(ChannelHandlerContext ctx, String text) {
        ByteBuf out = ctx.alloc().buffer(text.length());
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
        return out;
    }
}
