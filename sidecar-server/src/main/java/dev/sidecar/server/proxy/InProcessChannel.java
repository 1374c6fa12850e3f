package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;

/** A client's connection whose client is in this process: bytes are handed over, no faster than they are taken. */
final class InProcessChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** The client's end. Called on the event loop; must not block. */
    interface Peer {
        /** Bytes are wanted, see {@link #received}. */
        void wanted();

        /** Whether more may be written; when not, {@link #resumeWriting} must follow. */
        boolean takes();

        /** Bytes of the response, which now belong to the peer. */
        void take(ByteBuf bytes);

        /** There is no more. */
        void closed();
    }

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final SocketAddress client;
    private final Peer peer;
    private volatile boolean open = true;

    InProcessChannel(SocketAddress client, Peer peer) {
        super(null);
        this.client = client;
        this.peer = peer;
    }

    /** Bytes of the request. On any thread, in order. */
    void received(ByteBuf bytes) {
        eventLoop().execute(() -> {
            if (open) {
                pipeline().fireChannelRead(bytes);
                pipeline().fireChannelReadComplete();
            } else {
                bytes.release();
            }
        });
    }

    /** The peer takes more. On any thread. */
    void resumeWriting() {
        eventLoop().execute(() -> unsafe().flush());
    }

    @Override
    protected void doBeginRead() {
        peer.wanted();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        while (in.current() instanceof ByteBuf bytes && peer.takes()) {
            peer.take(bytes.retain());
            in.remove();
        }
    }

    @Override
    protected void doClose() {
        if (open) {
            open = false;
            peer.closed();
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException());
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return client;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return client;
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }
}
