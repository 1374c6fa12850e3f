package dev.sidecar.server.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection so that the other side can read the last word: closing with unread input would reset it, and what
 * was sent last would be lost.
 */
final class LingeringClose extends ChannelDuplexHandler {

    private static final long LINGER_SECONDS = 2;

    private @Nullable ChannelPromise closing;

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        boolean possible =
                ctx.channel() instanceof DuplexChannel && ctx.channel().isActive();
        ChannelPromise before = closing;
        if (before != null) {
            before.addListener(closed -> promise.trySuccess());
            return;
        }
        if (!possible) {
            ctx.close(promise);
            return;
        }
        closing = promise;
        ctx.channel().config().setAutoRead(true);
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(said -> {
            if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
                duplex.shutdownOutput();
            }
        });
        ctx.executor().schedule(() -> finish(ctx), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private void finish(ChannelHandlerContext ctx) {
        ChannelPromise promise = closing;
        if (promise != null && !promise.isDone()) {
            ctx.close(promise);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing == null) {
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(ctx);
        ctx.fireChannelInactive();
    }
}
