package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A second attempt beside the first one, of a request without content: the first good head of the two is delivered. */
final class Hedge implements UpstreamConnection.Listener, UpstreamPool.Waiter {

    private final Forwarding owner;
    private final Hedging hedging;
    final Target target;
    final long startedAt = System.nanoTime();
    private @Nullable UpstreamConnection connection;
    private UpstreamPool.@Nullable Connecting connecting;
    private boolean won;

    Hedge(Forwarding owner, Hedging hedging, Target target) {
        this.owner = owner;
        this.hedging = hedging;
        this.target = target;
    }

    void start(UpstreamPool pool, long connectNanos) {
        UpstreamConnection waiting = pool.take(target);
        if (waiting != null) {
            connected(waiting);
        } else {
            connecting = pool.connect(target, connectNanos, this);
        }
    }

    /** It is not wanted any more. */
    void drop() {
        if (connecting != null) {
            connecting.cancel();
        }
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void connected(UpstreamConnection made) {
        connecting = null;
        connection = made;
        made.begin(this, owner.isHead());
        owner.writeHead(made);
        made.out().flush();
    }

    @Override
    public void connectFailed(String reason) {
        connecting = null;
        hedging.failed(reason);
    }

    @Override
    public boolean head(ResponseHead head) {
        UpstreamConnection made = connection;
        if (head.interim() && head.status() != 101) {
            return true;
        }
        if (made == null || !owner.takesHedged(head)) {
            connection = null;
            hedging.failed(Reasons.UPSTREAM_RESET);
            if (made != null) {
                made.close();
            }
            return false;
        }
        won = true;
        made.handTo(owner);
        return owner.hedgeWon(this, made, head);
    }

    @Override
    public void failed(String reason) {
        connection = null;
        hedging.failed(reason);
    }

    @Override
    public void readComplete() {
        if (won) {
            owner.readComplete();
        }
    }

    @Override
    public void content(ByteBuf in, int length) {
        throw new IllegalStateException("content before a head");
    }

    @Override
    public void end(Fields trailers) {
        throw new IllegalStateException("an end before a head");
    }

    @Override
    public void writable(boolean writable) {
        // There is no content to hold back.
    }
}
