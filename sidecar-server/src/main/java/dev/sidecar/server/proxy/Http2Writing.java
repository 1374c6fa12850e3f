package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.BodySink;
import dev.sidecar.server.proxy.http1.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** Writes a message's frames to a stream; one that is over is not written to. */
final class Http2Writing implements BodySink {

    private final ChannelHandlerContext ctx;
    private @Nullable ChannelFuture last;
    private boolean begun;
    private boolean ended;

    Http2Writing(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    void head(Http2Headers headers, boolean interim, boolean ends) {
        begun |= !interim;
        ended |= ends;
        last = ctx.write(new DefaultHttp2HeadersFrame(headers, ends));
    }

    @Override
    public void content(ByteBuf in, int length) {
        last = ctx.write(new DefaultHttp2DataFrame(in.readRetainedSlice(length), false));
    }

    @Override
    public void end(Fields trailers) {
        if (ended) {
            return;
        }
        ended = true;
        Http2Headers headers = Http2Heads.of(trailers);
        last = headers == null
                ? ctx.write(new DefaultHttp2DataFrame(true))
                : ctx.write(new DefaultHttp2HeadersFrame(headers, true));
    }

    boolean begun() {
        return begun;
    }

    boolean ended() {
        return ended;
    }

    /** The promise is kept when everything up to now was written. */
    void written(ChannelPromise promise) {
        if (promise.isVoid()) {
            return;
        }
        ChannelFuture before = last;
        if (before == null) {
            promise.setSuccess();
        } else {
            before.addListener(done -> {
                if (done.isSuccess()) {
                    promise.trySuccess();
                } else {
                    promise.tryFailure(done.cause());
                }
            });
        }
    }
}
