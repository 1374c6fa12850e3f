package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/2 stream: what comes is made HTTP/1.1 for the {@link ClientConnection} behind it, and what that
 * writes becomes frames. So there is one set of rules for either protocol.
 */
final class Http2ClientStream extends ChannelDuplexHandler implements ResponseSink {

    private final Consumer<FramingException> refused;
    private @Nullable Http2Content request;
    private @Nullable Http2Writing writing;
    private @Nullable ResponseReader response;
    private boolean reset;

    /**
     * @param refused told of a request that is none
     */
    Http2ClientStream(Consumer<FramingException> refused) {
        this.refused = refused;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        writing = new Http2Writing(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof Http2HeadersFrame head) {
                head(ctx, head);
            } else if (message instanceof Http2DataFrame data && request != null) {
                request.data(ctx, data.content(), data.isEndStream());
            }
        } catch (FramingException malformed) {
            refused.accept(malformed);
            reset(ctx, Http2Error.PROTOCOL_ERROR);
            ctx.close();
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws FramingException {
        Http2Content current = request;
        if (current != null) {
            current.trailers(ctx, frame.headers(), frame.isEndStream());
            return;
        }
        ByteBuf head = ctx.alloc().buffer(512);
        try {
            Http2Heads.request(frame.headers(), frame.isEndStream(), head);
        } catch (FramingException malformed) {
            head.release();
            throw malformed;
        }
        request = frame.isEndStream() ? Http2Content.none() : new Http2Content(Http2Heads.length(frame.headers()));
        CharSequence method = frame.headers().method();
        response = new ResponseReader(ctx.alloc(), method != null && "HEAD".contentEquals(method), this);
        ctx.fireChannelRead(head);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ResponseReader reader = response;
        Http2Writing out = writing;
        if (reader == null || out == null) {
            ReferenceCountUtil.release(message);
            return;
        }
        reader.read((ByteBuf) message);
        out.written(promise);
    }

    @Override
    public void head(ResponseHead head, boolean bodyless) {
        out().head(Http2Heads.of(head), head.interim(), bodyless && !head.interim());
    }

    @Override
    public void content(ByteBuf in, int length) {
        out().content(in, length);
    }

    @Override
    public void end(dev.sidecar.server.proxy.http1.Fields trailers) {
        out().end(trailers);
    }

    private Http2Writing out() {
        if (writing == null) {
            throw new IllegalStateException("not open");
        }
        return writing;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2Exception wrong) {
            reset(ctx, wrong.error());
        }
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (writing != null && !writing.ended()) {
            reset(ctx, Http2Error.INTERNAL_ERROR);
        } else if (request != null && !request.ended()) {
            // The answer is whole; the rest of the request is not wanted (RFC 9113 section 8.1).
            reset(ctx, Http2Error.NO_ERROR);
        }
        ctx.close(promise);
    }

    private void reset(ChannelHandlerContext ctx, Http2Error why) {
        if (!reset && ctx.channel().isActive()) {
            reset = true;
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(why));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ctx.fireChannelInactive();
        if (response != null) {
            response.release();
        }
    }
}
