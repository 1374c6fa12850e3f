package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.BodyDecoder;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.HeadLimits;
import dev.sidecar.server.proxy.http1.HeadReader;
import dev.sidecar.server.proxy.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A stream to an upstream: the request that the {@link UpstreamConnection} behind it is given as HTTP/1.1 becomes
 * frames, and the frames of the response HTTP/1.1.
 */
final class Http2UpstreamStream extends ChannelDuplexHandler {

    /** Heads are ours, and have more fields than what came from the client. */
    private static final HeadLimits LIMITS = new HeadLimits(256 * 1024, 1000, 64 * 1024);

    private final boolean secure;
    private final HeadReader heads = new HeadReader(LIMITS);
    private final HeadReader.Progress progress = new HeadReader.Progress();
    private final Inbound outgoing = new Inbound();
    private @Nullable Http2Writing writing;
    private @Nullable BodyDecoder request;
    private @Nullable Http2Content response;
    private boolean toHead;

    Http2UpstreamStream(boolean secure) {
        this.secure = secure;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        writing = new Http2Writing(ctx);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Http2Writing out = writing;
        if (out == null || out.ended()) {
            ReferenceCountUtil.release(message);
            return;
        }
        outgoing.add((ByteBuf) message, ctx.alloc());
        try {
            while (!out.ended() && step(out)) {
                // One part after the other.
            }
        } catch (FramingException ours) {
            throw new IllegalStateException("a request of ours is malformed", ours);
        }
        outgoing.trim();
        out.written(promise);
    }

    private boolean step(Http2Writing out) throws FramingException {
        ByteBuf in = outgoing.readable();
        if (in == null || !in.isReadable()) {
            return false;
        }
        BodyDecoder current = request;
        if (current != null) {
            current.decode(in, out);
            return current.done();
        }
        RequestHead head = heads.request(in, progress);
        if (head == null) {
            return false;
        }
        toHead = head.isHead();
        Framing framing = head.framing();
        request = new BodyDecoder(framing, head.contentLength(), LIMITS);
        out.head(Http2Heads.of(head, secure), false, framing == Framing.NONE);
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof Http2HeadersFrame head) {
                head(ctx, head);
            } else if (message instanceof Http2DataFrame data && response != null) {
                response.data(ctx, data.content(), data.isEndStream());
            }
        } catch (FramingException malformed) {
            // Which is what HTTP/1.1 would take for a malformed answer too, at any place.
            ctx.fireChannelRead(ctx.alloc().buffer(4).writeInt(0));
            ctx.close();
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws FramingException {
        Http2Content current = response;
        if (current != null) {
            current.trailers(ctx, frame.headers(), frame.isEndStream());
            return;
        }
        boolean ends = frame.isEndStream();
        ByteBuf head = ctx.alloc().buffer(512);
        try {
            Http2Heads.response(frame.headers(), ends, toHead, head);
            if (Http2Heads.status(frame.headers()) >= 200) {
                response = ends ? Http2Content.none() : new Http2Content(Http2Heads.length(frame.headers()));
            }
        } catch (FramingException malformed) {
            head.release();
            throw malformed;
        }
        ctx.fireChannelRead(head);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ctx.fireChannelInactive();
        outgoing.release();
    }
}
