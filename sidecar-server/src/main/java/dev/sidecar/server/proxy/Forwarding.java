package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.HeadWriter;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseEdit;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The way of one request through one or more attempts to a response that is delivered, or to an answer of ours. */
final class Forwarding implements UpstreamConnection.Listener, UpstreamPool.Waiter {

    private static final int MAX_INTERIM = 16;

    private final ClientConnection client;
    private final LoopState state;
    private final Exchange exchange;
    private final RequestHead request;
    private final Route route;
    private final RequestEdit edit;
    private final RouteLimits limits;
    private final boolean connect;
    private final @Nullable RequestBody body;
    private final @Nullable Tap tap;
    private final @Nullable MirrorCopy mirror;
    private @Nullable Reply instead;

    private @Nullable UpstreamConnection upstream;
    private UpstreamPool.@Nullable Connecting connecting;
    private @Nullable ScheduledFuture<?> pause;
    private @Nullable Hedging hedging;
    private @Nullable Delivery delivery;
    private boolean delivering;
    private boolean over;
    private boolean fresh;
    private int interim;
    private long tryUntil = Deadline.NEVER;
    private long totalUntil = Deadline.NEVER;

    Forwarding(ClientConnection client, LoopState state, Exchange exchange, Decision.Forward how) {
        this.tap = how.tap();
        this.client = client;
        this.state = state;
        this.exchange = exchange;
        this.request = exchange.request();
        this.route = how.route();
        this.edit = how.edit();
        this.limits = route.limits();
        this.connect = request.isConnect();
        this.fresh = connect;
        this.mirror =
                how.mirror() == null ? null : new MirrorCopy(how.mirror(), client.channel(), limits.replayBytes());
        this.body = request.framing() == Framing.NONE
                ? null
                : new RequestBody(client.channel().alloc(), limits.replayBytes());
    }

    void start() {
        if (limits.totalNanos() > 0) {
            totalUntil = exchange.startedAt + limits.totalNanos();
        }
        if (request.contentLength() > limits.maxBodyBytes()) {
            tooLarge();
            return;
        }
        if (body == null) {
            mirror();
        }
        attempt(exchange.startedAt);
    }

    private void mirror() {
        if (mirror != null) {
            mirror.send(request, edit);
        }
    }

    private void attempt(long now) {
        pause = null;
        Pick pick = route.next(exchange);
        if (pick instanceof Pick.Refusal refusal) {
            answer(refusal.answer());
        } else if (pick instanceof Pick.Instance instance) {
            exchange.attempts++;
            exchange.attemptAt = now;
            exchange.target = instance.target();
            tryUntil = limits.tryNanos() > 0 ? now + limits.tryNanos() : Deadline.NEVER;
            armForHead(now);
            dispatch(instance.target());
            long hedgeAfter = body == null && !connect && !over ? route.hedgeDelayNanos(exchange) : -1;
            if (hedgeAfter >= 0) {
                hedging = new Hedging(this, state, exchange, route, hedgeAfter);
            }
        }
    }

    boolean isHead() {
        return request.isHead();
    }

    /** Whether an attempt is under way. */
    boolean tries() {
        return upstream != null || connecting != null;
    }

    /** Whether a second attempt would be of use. */
    boolean awaitsHead() {
        return !over && !delivering && tries();
    }

    /** Whether an answer of the second attempt is good enough, or the only one there will be. */
    boolean takesHedged(ResponseHead head) {
        return head.status() < 500 || !tries();
    }

    boolean hedgeWon(Hedge winner, UpstreamConnection connection, ResponseHead head) {
        dropUpstream();
        if (hedging != null) {
            hedging.won(winner);
        }
        upstream = connection;
        exchange.reused = connection.usedBefore();
        return head(head);
    }

    private void dropHedge() {
        if (hedging != null) {
            hedging.drop();
            hedging = null;
        }
    }

    private void armForHead(long now) {
        long until = Math.min(tryUntil, totalUntil);
        if (until == Deadline.NEVER) {
            client.exchangeDeadline.cancel();
        } else {
            state.fine.set(client.exchangeDeadline, until - now, now);
        }
    }

    private void dispatch(Target target) {
        UpstreamConnection waiting = fresh ? null : state.pool.take(target);
        if (waiting != null) {
            connected(waiting);
        } else {
            connecting = state.pool.connect(target, limits.connectNanos(), this);
        }
    }

    @Override
    public void connected(UpstreamConnection connection) {
        connecting = null;
        upstream = connection;
        connection.begin(this, request.isHead());
        exchange.reused = connection.usedBefore();
        exchange.connectedAt = exchange.reused ? exchange.attemptAt : System.nanoTime();
        if (connect) {
            client.channelEstablished();
            tunnel(connection);
            return;
        }
        writeHead(connection);
        if (body != null) {
            body.sendTo(connection.out());
            client.resumeReading();
        } else {
            exchange.requestSentAt = exchange.connectedAt;
        }
        client.flushSoon();
    }

    void writeHead(UpstreamConnection connection) {
        Outbound out = connection.out();
        ByteBuf head = state.scratch.clear();
        HeadWriter.request(
                head,
                request,
                edit,
                exchange.origin(),
                exchange.trace(),
                request.expectContinue() && interim == 0 && request.minorVersion() == 1,
                connection.authority());
        out.gathered().writeBytes(head);
        out.chunked(request.chunked());
    }

    @Override
    public void connectFailed(String reason) {
        connecting = null;
        attemptFailed(reason, false);
    }

    void requestContent(ByteBuf in, int length) {
        exchange.requestBytes += length;
        if (over || body == null) {
            in.skipBytes(length);
            return;
        }
        if (exchange.requestBytes > limits.maxBodyBytes()) {
            in.skipBytes(length);
            tooLarge();
            return;
        }
        if (mirror != null) {
            mirror.add(in, length);
        }
        body.add(in, length);
        if (body.waiting() > limits.replayBytes()) {
            client.pauseReading();
        }
    }

    void requestEnd(Fields trailers) {
        if (!over && body != null) {
            mirror();
            body.end(trailers);
            exchange.requestSentAt = System.nanoTime();
        }
    }

    /** Sends on what was gathered for the upstream. */
    void flush() {
        UpstreamConnection current = upstream;
        if (current != null) {
            current.out().flushSoon();
            if (!current.channel().isWritable()) {
                client.pauseReading();
            }
        }
    }

    @Override
    public boolean head(ResponseHead head) {
        if (head.interim()) {
            return interim(head);
        }
        dropHedge();
        long now = System.nanoTime();
        Verdict verdict = route.judge(exchange, result(head, null, true, now));
        if (verdict.retry() && replayable() && now + verdict.delayNanos() < totalUntil) {
            dropUpstream();
            again(verdict);
            return false;
        }
        Framing framing = head.framing(request.isHead());
        Reply other = tap == null ? null : tap.head(head);
        if (other != null) {
            return replaced(other, framing);
        }
        delivering = true;
        exchange.headAt = now;
        exchange.status = head.status();
        ResponseEdit change = route.change(request, head);
        delivery = Delivery.begin(client, exchange, head, framing, change, state.scratch.clear());
        return true;
    }

    private boolean replaced(Reply other, Framing framing) {
        if (framing == Framing.NONE) {
            instead = other;
            return true;
        }
        dropUpstream();
        deliver(other);
        return false;
    }

    private void deliver(Reply other) {
        release();
        client.replyInstead(exchange, other);
    }

    private boolean interim(ResponseHead head) {
        if (head.status() == 101) {
            UpstreamConnection current = upstream;
            if (!request.offered(head) || current == null) {
                malformed();
                return false;
            }
            exchange.status = 101;
            HeadWriter.response(client.out().gathered(), head, ResponseEdit.NONE, false, false);
            client.out().flush();
            tunnel(current);
            return true;
        }
        if (++interim > MAX_INTERIM) {
            malformed();
            return false;
        }
        boolean wanted = head.status() != 100 || request.expectContinue();
        if (request.minorVersion() == 1 && wanted) {
            HeadWriter.response(client.out().gathered(), head, ResponseEdit.NONE, false, false);
        }
        return true;
    }

    private void malformed() {
        UpstreamConnection current = upstream;
        upstream = null;
        if (current != null) {
            current.close();
        }
        attemptFailed(Reasons.UPSTREAM_MALFORMED, true);
    }

    private void tunnel(UpstreamConnection current) {
        upstream = null;
        complete(null);
        client.becomeTunnel(current);
    }

    @Override
    public void content(ByteBuf in, int length) {
        if (tap != null) {
            tap.content(in, length);
        }
        if (delivery != null) {
            delivery.content(in, length);
        }
    }

    @Override
    public void end(Fields trailers) {
        Reply other = instead;
        if (other == null) {
            if (tap != null) {
                tap.end();
            }
            if (delivery != null) {
                delivery.end(trailers);
            }
        }
        UpstreamConnection current = upstream;
        upstream = null;
        if (current != null) {
            if (body == null || body.sent()) {
                current.finished();
            } else {
                current.close();
            }
        }
        if (other != null) {
            deliver(other);
            return;
        }
        boolean close = delivery != null && delivery.closes();
        complete(null);
        client.exchangeDone(close);
    }

    @Override
    public void readComplete() {
        if (over) {
            client.flushSoon();
            return;
        }
        if (delivery == null) {
            client.out().flush();
        } else {
            delivery.flush();
        }
        UpstreamConnection current = upstream;
        if (delivering && current != null) {
            if (!client.channel().isWritable()) {
                current.channel().config().setAutoRead(false);
                client.exchangeDeadline.cancel();
                client.awaitTaking();
            } else {
                armForContent();
            }
        }
    }

    private void armForContent() {
        if (limits.stallNanos() > 0) {
            state.fine.set(client.exchangeDeadline, limits.stallNanos());
        } else {
            client.exchangeDeadline.cancel();
        }
    }

    @Override
    public void writable(boolean writable) {
        if (writable) {
            client.resumeReading();
        } else {
            client.pauseReading();
        }
    }

    /** The client takes more, or no more for the moment. */
    void clientWritable(boolean writable) {
        if (upstream != null && delivering) {
            upstream.channel().config().setAutoRead(writable);
            if (writable) {
                armForContent();
            }
        }
    }

    @Override
    public void failed(String reason) {
        UpstreamConnection current = upstream;
        upstream = null;
        if (delivering) {
            exchange.reason = reason;
            complete(reason);
            client.cut();
            return;
        }
        boolean unheard = current != null && !current.heard();
        boolean stale = current != null && current.usedBefore() && unheard && reason.equals(Reasons.UPSTREAM_RESET);
        Target target = exchange.target;
        if (stale && !fresh && target != null && request.isIdempotent() && replayable()) {
            // It waited in the pool and was closed at the other end meanwhile: not the instance's failure.
            fresh = true;
            detachBody();
            dispatch(target);
            fresh = connect;
            return;
        }
        attemptFailed(reason, true);
    }

    void timedOut() {
        long now = System.nanoTime();
        if (delivering) {
            dropUpstream();
            failed(Reasons.UPSTREAM_STALLED);
        } else if (now >= totalUntil) {
            dropUpstream();
            if (pause == null) {
                route.judge(exchange, result(null, Reasons.TIMEOUT, true, now));
            }
            cancelPause();
            giveUp(Reasons.TIMEOUT);
        } else if (now >= tryUntil) {
            boolean sent = upstream != null;
            dropUpstream();
            attemptFailed(Reasons.TIMEOUT, sent);
        } else {
            armForHead(now);
        }
    }

    void attemptFailed(String reason, boolean sent) {
        detachBody();
        long now = System.nanoTime();
        Verdict verdict = route.judge(exchange, result(null, reason, sent, now));
        if (verdict.retry() && replayable() && now + verdict.delayNanos() < totalUntil) {
            again(verdict);
        } else if (hedging != null && hedging.running()) {
            tryUntil = Deadline.NEVER;
            armForHead(now);
        } else {
            giveUp(reason);
        }
    }

    private void giveUp(String reason) {
        Reply other = tap == null ? null : tap.failed(reason);
        if (other == null) {
            answer(answerTo(reason));
        } else {
            cancelWork();
            deliver(other);
        }
    }

    private void again(Verdict verdict) {
        dropHedge();
        tryUntil = Deadline.NEVER;
        if (verdict.delayNanos() <= 0) {
            // Not from within the failed connection's own callbacks.
            pause = state.loop.schedule(() -> attempt(System.nanoTime()), 0, TimeUnit.NANOSECONDS);
        } else {
            armForHead(System.nanoTime());
            pause = state.loop.schedule(() -> attempt(System.nanoTime()), verdict.delayNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean replayable() {
        return !delivering && !connect && (body == null || body.replayable());
    }

    private Attempt result(@Nullable ResponseHead head, @Nullable String failure, boolean sent, long now) {
        Target target = exchange.target;
        if (target == null) {
            throw new IllegalStateException("no attempt was made");
        }
        return new Attempt(target, head, failure, sent, replayable(), now - exchange.attemptAt);
    }

    private Answer answerTo(String reason) {
        Answer own = route.failed(reason);
        return own == null ? UpstreamFailure.answer(reason) : own;
    }

    private void tooLarge() {
        dropUpstream();
        Answer own = route.failed(Reasons.BODY_TOO_LARGE);
        String detail = "the request's content is larger than the " + limits.maxBodyBytes() + " bytes allowed here";
        answer(own == null ? Answer.of(413, Reasons.BODY_TOO_LARGE, detail) : own);
    }

    private void answer(Answer answer) {
        cancelWork();
        exchange.status = answer.status();
        complete(answer.reason());
        client.answer(answer, request);
    }

    /** The client is gone or cannot be understood any more: the upstream is told by the end of its connection. */
    void abort(String reason) {
        if (!over) {
            cancelWork();
            complete(reason);
        }
    }

    boolean delivering() {
        return delivering;
    }

    private void cancelWork() {
        dropUpstream();
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
        cancelPause();
    }

    private void cancelPause() {
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
    }

    private void dropUpstream() {
        detachBody();
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
        UpstreamConnection current = upstream;
        upstream = null;
        if (current != null) {
            current.close();
        }
    }

    private void detachBody() {
        if (body != null) {
            body.detach();
        }
    }

    private void complete(@Nullable String reason) {
        if (over) {
            return;
        }
        release();
        exchange.reason = reason;
        exchange.endedAt = System.nanoTime();
        client.completed(exchange);
    }

    private void release() {
        over = true;
        if (mirror != null) {
            mirror.release();
        }
        if (delivery != null) {
            delivery.release();
        }
        dropHedge();
        client.exchangeDeadline.cancel();
        if (body != null) {
            body.release();
        }
        if (tap != null) {
            tap.over();
        }
    }
}
