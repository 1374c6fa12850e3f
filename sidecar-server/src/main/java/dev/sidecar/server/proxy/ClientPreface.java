package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sees by a connection's first bytes whether it is HTTP/2 (RFC 9113 section 3.4), and then leaves. */
final class ClientPreface extends ChannelInboundHandlerAdapter {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ProxyServer server;
    private final LoopState state;
    private final ClientConnection http1;
    private @Nullable ByteBuf seen;

    ClientPreface(ProxyServer server, LoopState state, ClientConnection http1) {
        this.server = server;
        this.state = state;
        this.http1 = http1;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf had = seen;
        if (had != null) {
            had.writeBytes(bytes);
            bytes.release();
            bytes = had;
            seen = null;
        }
        int length = Math.min(PREFACE.length, bytes.readableBytes());
        int start = bytes.readerIndex();
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(start + i) != PREFACE[i]) {
                ctx.pipeline().remove(this);
                ctx.fireChannelRead(bytes);
                return;
            }
        }
        if (length < PREFACE.length) {
            seen = ctx.alloc().buffer(256).writeBytes(bytes);
            bytes.release();
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        http1.leave();
        pipeline.remove(http1);
        Http2Clients.takeOver(server, state, pipeline);
        ctx.fireChannelRead(bytes);
        pipeline.remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (seen != null) {
            seen.release();
            seen = null;
        }
    }
}
