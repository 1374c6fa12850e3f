package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;

/** One direction of a tunnel: what is read here is written there, no faster than it is taken. */
final class TunnelEnd {

    private final Channel here;
    private final Channel there;

    TunnelEnd(Channel here, Channel there) {
        this.here = here;
        this.there = there;
        here.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    void received(ByteBuf bytes) {
        there.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!there.isWritable()) {
            here.config().setAutoRead(false);
        }
    }

    /** Whether {@link #here} can be written; then the other end may be read. */
    void writable(boolean writable) {
        there.config().setAutoRead(writable);
    }

    /** No more comes from here. */
    void inputEnded() {
        there.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (there instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
                duplex.shutdownOutput();
            } else {
                there.close();
                here.close();
            }
        });
    }

    /** Nothing more is to be had from, or brought, here. */
    void closed() {
        there.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
