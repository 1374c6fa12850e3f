package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.BodyDecoder;
import dev.sidecar.server.proxy.http1.BodySink;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.HeadReader;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes requests off it one after the other and writes their answers. The next request is
 * not looked at before the answer to the last one is written.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements BodySink {

    /** As much as is read ahead while an exchange runs, so that a client that leaves is noticed. */
    private static final int READ_AHEAD = 64 * 1024;

    /** As much unwanted content is read for the sake of keeping the connection. */
    private static final int DISCARDED = 64 * 1024;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] CLOSE = "Connection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final long LINGER_NANOS = 2_000_000_000L;

    private enum State {
        HEAD,
        DECIDING,
        BODY,
        ANSWERING,
        LINGERING,
        TUNNEL
    }

    private final ProxyServer server;
    private final LoopState loop;
    private final Inbound inbound = new Inbound();
    private final HeadReader.Progress progress = new HeadReader.Progress();
    private final Deadline deadline = new Deadline(this::timedOut);
    final Deadline exchangeDeadline = new Deadline(this::exchangeTimedOut);

    private @Nullable ChannelHandlerContext context;
    private @Nullable Outbound outbound;
    private @Nullable Origin origin;
    private @Nullable Forwarding forwarding;
    private @Nullable BodyDecoder body;
    private @Nullable TunnelEnd tunnel;
    private @Nullable Exchange deciding;
    private @Nullable ReplySending sending;
    private long arrived;
    private State state = State.HEAD;
    private boolean processing;
    private boolean headBegun;

    ClientConnection(ProxyServer server, LoopState loop) {
        this.server = server;
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        outbound = new Outbound(added, loop.afterwards);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        loop.clients.add(this);
        origin = new Origin(
                ctx.channel().remoteAddress(),
                server.options().tls() != null,
                server.options().trusts(ctx.channel().remoteAddress()));
        loop.coarse.set(deadline, server.options().idleTimeout().toNanos());
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not open");
        }
        return context;
    }

    Channel channel() {
        return context().channel();
    }

    Outbound out() {
        if (outbound == null) {
            throw new IllegalStateException("not open");
        }
        return outbound;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (state == State.LINGERING) {
            bytes.release();
        } else if (tunnel != null) {
            tunnel.received(bytes);
        } else {
            inbound.add(bytes, ctx.alloc());
            process();
        }
    }

    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (!inbound.isEmpty() && mayTake() && step()) {
                // One message part after the other.
            }
        } catch (FramingException malformed) {
            refuse(malformed);
        } finally {
            processing = false;
        }
        if (state == State.LINGERING) {
            inbound.release();
            return;
        }
        inbound.trim();
        boolean busy = state == State.ANSWERING || state == State.DECIDING;
        if (busy && inbound.size() > READ_AHEAD) {
            pauseReading();
        }
        flush();
        if (state == State.HEAD && !mayTake()) {
            pauseReading();
            awaitTaking();
        }
    }

    /** Who sends request after request and takes no answer is not read any further. */
    private boolean mayTake() {
        return state != State.HEAD || channel().isWritable();
    }

    private void flush() {
        if (forwarding != null) {
            forwarding.flush();
        }
        out().flushSoon();
    }

    /** Flushes when all that has been read is understood: now, if that is so. */
    void flushSoon() {
        if (!processing) {
            flush();
        }
    }

    private boolean step() throws FramingException {
        ByteBuf in = inbound.readable();
        if (in == null) {
            return false;
        }
        return switch (state) {
            case HEAD -> {
                RequestHead head = loop.heads.request(in, progress);
                if (head == null) {
                    awaitHead();
                    yield false;
                }
                headBegun = false;
                begin(head);
                yield true;
            }
            case BODY -> {
                BodyDecoder decoder = body;
                if (decoder == null) {
                    yield false;
                }
                int before = in.readableBytes();
                decoder.decode(in, this);
                arrived += before - in.readableBytes();
                if (!decoder.done() && arrived >= server.options().clientMinimum()) {
                    awaitContent();
                }
                yield decoder.done();
            }
            case DECIDING, ANSWERING, LINGERING, TUNNEL -> false;
        };
    }

    private void awaitHead() {
        if (!headBegun) {
            headBegun = true;
            loop.coarse.set(deadline, server.options().headTimeout().toNanos());
        }
    }

    private void begin(RequestHead head) {
        Origin from = origin;
        if (from == null) {
            throw new IllegalStateException("not active");
        }
        Exchange exchange = new Exchange(head, from, System.nanoTime());
        Decision decision = server.decide(head, from);
        if (decision instanceof Decision.Later later) {
            state = State.DECIDING;
            deciding = exchange;
            deadline.cancel();
            await(exchange, later);
        } else {
            carryOut(exchange, decision);
        }
    }

    private void await(Exchange exchange, Decision.Later later) {
        server.decideLater(later, made -> loop.loop.execute(() -> decided(exchange, made)));
    }

    private void decided(Exchange exchange, Decision decision) {
        if (deciding != exchange) {
            if (decision instanceof Reply reply) {
                reply.release();
            }
            return;
        }
        if (decision instanceof Decision.Later later) {
            await(exchange, later);
            return;
        }
        deciding = null;
        carryOut(exchange, decision);
        process();
    }

    private void carryOut(Exchange exchange, Decision decision) {
        RequestHead head = exchange.request();
        Framing framing = head.framing();
        if (framing == Framing.NONE) {
            body = null;
            state = State.ANSWERING;
            deadline.cancel();
        } else {
            body = new BodyDecoder(framing, head.contentLength(), loop.heads.limits());
            state = State.BODY;
            awaitContent();
        }
        if (decision instanceof Answer answer) {
            exchange.status = answer.status();
            exchange.reason = answer.reason();
            exchange.endedAt = System.nanoTime();
            completed(exchange);
            answer(answer, head);
        } else if (decision instanceof Reply reply) {
            reply(exchange, reply);
        } else if (decision instanceof Decision.Forward forward) {
            start(exchange, forward);
        } else if (decision instanceof Decision.Tunnel tunnelled) {
            start(exchange, new Decision.Forward(tunnelled.route(), RequestEdit.NONE));
        } else {
            throw new IllegalStateException("nothing was decided");
        }
    }

    private void awaitContent() {
        arrived = 0;
        loop.coarse.set(deadline, server.options().clientStall().toNanos());
    }

    private void start(Exchange exchange, Decision.Forward forward) {
        exchange.route = forward.route();
        Forwarding next = new Forwarding(this, loop, exchange, forward);
        forwarding = next;
        next.start();
    }

    @Override
    public void content(ByteBuf in, int length) {
        if (forwarding != null) {
            forwarding.requestContent(in, length);
        } else {
            in.skipBytes(length);
        }
    }

    @Override
    public void end(Fields trailers) {
        if (state != State.BODY) {
            return;
        }
        deadline.cancel();
        body = null;
        if (forwarding != null) {
            state = State.ANSWERING;
            forwarding.requestEnd(trailers);
        } else if (sending != null) {
            state = State.ANSWERING;
        } else {
            next();
        }
    }

    /** Whether this response must be the connection's last. */
    boolean mustClose(RequestHead request) {
        return server.draining() || !request.persistent() || state == State.BODY;
    }

    private boolean closesAfterOurs(RequestHead request) {
        long left = request.framing() == Framing.LENGTH ? request.contentLength() : Long.MAX_VALUE;
        boolean discard = state == State.BODY && left <= DISCARDED && !request.expectContinue();
        return server.draining() || !request.persistent() || (state == State.BODY && !discard);
    }

    /** Gives the running request this answer, and not the upstream's. */
    void replyInstead(Exchange exchange, Reply reply) {
        forwarding = null;
        reply(exchange, reply);
        flushSoon();
    }

    private void reply(Exchange exchange, Reply reply) {
        exchange.served = reply.name();
        exchange.status = reply.status();
        exchange.reason = reply.reason();
        boolean close = closesAfterOurs(exchange.request());
        out().chunked(false);
        ByteBuf head = out().gathered();
        head.writeBytes(reply.head());
        if (!reply.dated()) {
            head.writeBytes(loop.date.line());
        }
        head.writeBytes(close ? CLOSE : LINE_END);
        if (exchange.request().isHead() || reply.parts().isEmpty()) {
            reply.release();
            replied(exchange, close);
            return;
        }
        exchange.responseBytes = reply.size();
        exchange.headAt = System.nanoTime();
        // What is left of the request is read once its answer is on its way.
        boolean zeroCopy = !exchange.origin().secure() && channel() instanceof DuplexChannel;
        deciding = exchange;
        ReplySending next = new ReplySending(
                reply, context(), out(), zeroCopy, () -> replied(exchange, close), () -> replyFailed(exchange));
        sending = next;
        next.send();
        if (sending != null) {
            awaitTaking();
        }
    }

    private void replied(Exchange exchange, boolean close) {
        sending = null;
        deciding = null;
        exchange.endedAt = System.nanoTime();
        completed(exchange);
        exchangeDone(close);
        flushSoon();
    }

    private void replyFailed(Exchange exchange) {
        sending = null;
        deciding = null;
        exchange.endedAt = System.nanoTime();
        exchange.reason = Reasons.INTERNAL;
        completed(exchange);
        cut();
    }

    /** Answers the running request by ourselves. */
    void answer(Answer answer, RequestHead request) {
        forwarding = null;
        boolean close = closesAfterOurs(request);
        out().chunked(false);
        answer.writeTo(out().gathered(), !request.isHead(), close);
        exchangeDone(close);
        flushSoon();
    }

    /** The response is written, as far as it will be. */
    void exchangeDone(boolean close) {
        forwarding = null;
        if (close) {
            linger();
        } else if (state != State.BODY) {
            next();
        }
    }

    private void next() {
        state = State.HEAD;
        if (server.draining() && inbound.isEmpty()) {
            linger();
            return;
        }
        loop.coarse.set(deadline, server.options().idleTimeout().toNanos());
        resumeReading();
        if (!inbound.isEmpty()) {
            process();
        }
    }

    private void refuse(FramingException malformed) {
        boolean started = forwarding != null && forwarding.delivering();
        if (forwarding != null) {
            forwarding.abort(Reasons.MALFORMED_REQUEST);
            forwarding = null;
        } else if (origin != null) {
            server.refused(origin, malformed);
        }
        if (started) {
            cut();
            return;
        }
        out().chunked(false);
        Answer.of(
                        malformed.status(),
                        malformed.code(),
                        "refused: " + server.options().explain(malformed))
                .writeTo(out().gathered(), true, true);
        linger();
    }

    // The client must be able to read the last answer before it hears that what it sent after it was not wanted.
    private void linger() {
        state = State.LINGERING;
        if (!processing) {
            inbound.release();
        }
        channel().config().setAutoRead(true);
        loop.coarse.set(deadline, LINGER_NANOS);
        Channel channel = channel();
        out().flushed().addListener(done -> {
            if (channel instanceof DuplexChannel duplex && origin != null && !origin.secure()) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }

    /** The response cannot be completed: the client must see that it is cut off. */
    void cut() {
        forwarding = null;
        state = State.LINGERING;
        out().flush();
        channel().close();
    }

    void channelEstablished() {
        out().chunked(false);
        out().gathered().writeCharSequence("HTTP/1.1 200 OK\r\n\r\n", StandardCharsets.US_ASCII);
        out().flush();
    }

    void becomeTunnel(UpstreamConnection upstream) {
        forwarding = null;
        state = State.TUNNEL;
        deadline.cancel();
        TunnelEnd fromClient = new TunnelEnd(channel(), upstream.channel());
        TunnelEnd fromUpstream = new TunnelEnd(upstream.channel(), channel());
        tunnel = fromClient;
        upstream.becomeTunnel(fromUpstream);
        ByteBuf early = inbound.readable();
        if (early != null && early.isReadable()) {
            fromClient.received(early.readRetainedSlice(early.readableBytes()));
        }
        inbound.trim();
        upstream.sendEarlyBytes(fromUpstream);
        channel().config().setAutoRead(true);
        upstream.channel().config().setAutoRead(true);
    }

    void pauseReading() {
        channel().config().setAutoRead(false);
        if (state == State.BODY) {
            deadline.cancel();
        }
    }

    void resumeReading() {
        if (!channel().config().isAutoRead()) {
            channel().config().setAutoRead(true);
            if (state == State.BODY) {
                awaitContent();
            }
        }
    }

    /** The client is given a while to take what is written. */
    void awaitTaking() {
        loop.coarse.set(deadline, server.options().clientStall().toNanos());
    }

    void completed(Exchange exchange) {
        server.ended(exchange);
        loop.afterwards.record(exchange);
    }

    /** The connection speaks HTTP/2; its streams are clients of their own. */
    void leave() {
        loop.clients.remove(this);
        deadline.cancel();
    }

    void refusedByHttp2(FramingException why) {
        if (origin != null) {
            server.refused(origin, why);
        }
    }

    /** Ends the connection when what runs on it is done. */
    void drain() {
        if (state == State.HEAD && inbound.isEmpty()) {
            linger();
        }
    }

    private void exchangeTimedOut() {
        if (forwarding != null) {
            forwarding.timedOut();
            flush();
        }
    }

    private void timedOut() {
        if (sending != null && sending.progressed()) {
            awaitTaking();
            return;
        }
        boolean unanswered = forwarding == null || !forwarding.delivering();
        boolean sending = (state == State.HEAD && headBegun) || state == State.BODY;
        if (sending && unanswered) {
            refuse(new FramingException(408, Reasons.CLIENT_TIMEOUT, "the request did not come in time"));
        } else {
            channel().close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = ctx.channel().isWritable();
        if (tunnel != null) {
            tunnel.writable(writable);
        } else if (forwarding != null) {
            if (writable && state != State.BODY) {
                deadline.cancel();
            }
            forwarding.clientWritable(writable);
        } else if (writable && sending != null) {
            awaitTaking();
            sending.send();
        } else if (writable && state == State.HEAD && !channel().config().isAutoRead()) {
            next();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && tunnel != null) {
            tunnel.inputEnded();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.clients.remove(this);
        deadline.cancel();
        exchangeDeadline.cancel();
        if (tunnel != null) {
            tunnel.closed();
        }
        Forwarding current = forwarding;
        forwarding = null;
        state = State.LINGERING;
        Exchange waiting = deciding;
        deciding = null;
        if (sending != null) {
            sending.abort();
            sending = null;
        }
        if (waiting != null) {
            waiting.reason = Reasons.CLIENT_ABORTED;
            waiting.endedAt = System.nanoTime();
            completed(waiting);
        }
        if (current != null) {
            current.abort(Reasons.CLIENT_ABORTED);
        }
        inbound.release();
        out().release();
        server.clientGone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (Fault.isOurs(cause) && forwarding != null) {
            forwarding.abort(Reasons.INTERNAL);
            forwarding = null;
        }
        ctx.close();
    }
}
