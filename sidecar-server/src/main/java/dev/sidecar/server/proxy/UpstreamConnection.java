package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.BodyDecoder;
import dev.sidecar.server.proxy.http1.BodySink;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.HeadReader;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/** One connection to an instance: it carries one exchange at a time, or waits in the pool, or is a tunnel's end. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements BodySink {

    /** Who is told of the response. */
    interface Listener {
        /** A head is there. False when the listener has let go of this connection. */
        boolean head(ResponseHead head);

        void content(ByteBuf in, int length);

        void end(Fields trailers);

        /** There is no more of this response; the connection is of no use. */
        void failed(String reason);

        /** All that was read is handed on. */
        void readComplete();

        void writable(boolean writable);
    }

    private final LoopState state;
    private final Target target;
    private final byte[] authority;
    private final Inbound inbound = new Inbound();
    private final HeadReader.Progress progress = new HeadReader.Progress();
    final Deadline idleDeadline = new Deadline(this::close);

    private @Nullable ChannelHandlerContext context;
    private @Nullable Outbound outbound;
    private @Nullable Listener listener;
    private @Nullable BodyDecoder body;
    private @Nullable TunnelEnd tunnel;
    private boolean toHead;
    private boolean persistent;
    private boolean broken;
    private boolean heard;
    private int requests;

    UpstreamConnection(LoopState state, Target target) {
        this.state = state;
        this.target = target;
        this.authority = target.authority();
    }

    Target target() {
        return target;
    }

    byte[] authority() {
        return authority;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        outbound = new Outbound(added, state.afterwards);
    }

    Channel channel() {
        if (context == null) {
            throw new IllegalStateException("not open");
        }
        return context.channel();
    }

    Outbound out() {
        if (outbound == null) {
            throw new IllegalStateException("not open");
        }
        return outbound;
    }

    /** Begins an exchange; the listener hears of its response. */
    void begin(Listener next, boolean headRequest) {
        listener = next;
        toHead = headRequest;
        body = null;
        heard = false;
        requests++;
    }

    /** From now on somebody else hears of the present response. */
    void handTo(Listener next) {
        listener = next;
    }

    /** Whether anything of the present response came. */
    boolean heard() {
        return heard;
    }

    boolean usedBefore() {
        return requests > 1;
    }

    /** The exchange is over in both directions: waits for another one if that is possible. */
    void finished() {
        listener = null;
        body = null;
        boolean reusable =
                persistent && !broken && inbound.isEmpty() && channel().isActive();
        if (!reusable) {
            close();
            return;
        }
        channel().config().setAutoRead(true);
        state.pool.put(this);
    }

    /** Nobody wants what comes. */
    void close() {
        listener = null;
        channel().close();
    }

    /** From now on bytes go to the other end as they come, first those that are here already. */
    void becomeTunnel(TunnelEnd end) {
        tunnel = end;
        listener = null;
    }

    void sendEarlyBytes(TunnelEnd end) {
        ByteBuf early = inbound.readable();
        if (early != null && early.isReadable()) {
            end.received(early.retain());
        }
        inbound.release();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (tunnel != null) {
            tunnel.received(bytes);
            return;
        }
        if (listener == null) {
            bytes.release();
            ctx.close();
            return;
        }
        heard = true;
        inbound.add(bytes, ctx.alloc());
        try {
            read();
        } catch (FramingException malformed) {
            fail(Reasons.UPSTREAM_MALFORMED);
            ctx.close();
        }
        inbound.trim();
    }

    private void read() throws FramingException {
        Listener current = listener;
        while (listener != null && tunnel == null) {
            ByteBuf in = inbound.readable();
            if (in == null || !in.isReadable()) {
                break;
            }
            if (body == null) {
                ResponseHead head = state.heads.response(in, progress);
                if (head == null || !head(head)) {
                    break;
                }
            } else {
                body.decode(in, this);
                if (body == null || !body.done()) {
                    break;
                }
            }
        }
        if (current != null) {
            current.readComplete();
        }
    }

    private boolean head(ResponseHead head) throws FramingException {
        Listener current = listener;
        if (current == null) {
            return false;
        }
        if (head.interim()) {
            return current.head(head);
        }
        Framing framing = head.framing(toHead);
        persistent = head.persistent() && framing != Framing.UNTIL_CLOSE;
        BodyDecoder decoder = new BodyDecoder(framing, head.contentLength(), state.heads.limits());
        body = decoder;
        if (!current.head(head)) {
            return false;
        }
        if (framing == Framing.NONE) {
            decoder.decode(io.netty.buffer.Unpooled.EMPTY_BUFFER, this);
        }
        return true;
    }

    @Override
    public void content(ByteBuf in, int length) {
        if (listener != null) {
            listener.content(in, length);
        } else {
            in.skipBytes(length);
        }
    }

    @Override
    public void end(Fields trailers) {
        if (listener != null) {
            listener.end(trailers);
        }
    }

    private void fail(String reason) {
        Listener current = listener;
        listener = null;
        broken = true;
        if (current != null) {
            current.failed(reason);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        idleDeadline.cancel();
        if (tunnel != null) {
            tunnel.closed();
        } else if (listener == null) {
            state.pool.remove(this);
        } else if (body != null && body.endOfInput(this)) {
            if (listener != null) {
                listener.readComplete();
            }
        } else {
            fail(Reasons.UPSTREAM_RESET);
        }
        inbound.release();
        if (outbound != null) {
            outbound.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && tunnel != null) {
            tunnel.inputEnded();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = ctx.channel().isWritable();
        if (tunnel != null) {
            tunnel.writable(writable);
        } else if (listener != null) {
            listener.writable(writable);
        }
    }

    // A failed write is no reason to stop reading: the upstream may have answered before it stopped listening.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken = true;
        boolean ours = Fault.isOurs(cause);
        if (ours) {
            fail(Reasons.INTERNAL);
        }
        if (ours || listener == null || tunnel != null) {
            ctx.close();
        }
    }
}
