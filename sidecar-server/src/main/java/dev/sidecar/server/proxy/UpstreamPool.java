package dev.sidecar.server.proxy;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to upstreams: those that wait for the next request, last used first. */
final class UpstreamPool {

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

    private final LoopState state;
    private final int maxIdle;
    private final long idleNanos;
    private final Map<Target, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

    UpstreamPool(LoopState state, ProxyOptions options) {
        this.state = state;
        this.maxIdle = options.upstreamIdleMax();
        this.idleNanos = options.upstreamIdle().toNanos();
    }

    /** A connection that waits, no longer in the pool; null when there is none. */
    @Nullable
    UpstreamConnection take(Target target) {
        ArrayDeque<UpstreamConnection> waiting = idle.get(target);
        UpstreamConnection connection = waiting == null ? null : waiting.pollLast();
        if (connection != null) {
            connection.idleDeadline.cancel();
        }
        return connection;
    }

    /** Keeps a connection for the next request, or closes it when enough are kept. */
    void put(UpstreamConnection connection) {
        ArrayDeque<UpstreamConnection> waiting =
                idle.computeIfAbsent(connection.target(), target -> new ArrayDeque<>());
        if (waiting.size() >= maxIdle) {
            connection.close();
            return;
        }
        waiting.addLast(connection);
        state.fine.set(connection.idleDeadline, idleNanos);
    }

    void remove(UpstreamConnection connection) {
        ArrayDeque<UpstreamConnection> waiting = idle.get(connection.target());
        if (waiting != null) {
            waiting.removeFirstOccurrence(connection);
            if (waiting.isEmpty()) {
                idle.remove(connection.target());
            }
        }
    }

    void closeIdle() {
        for (ArrayDeque<UpstreamConnection> waiting : java.util.List.copyOf(idle.values())) {
            for (UpstreamConnection connection : java.util.List.copyOf(waiting)) {
                connection.close();
            }
        }
    }

    /** Told of the result on the event loop, unless it is cancelled before. */
    interface Waiter {
        void connected(UpstreamConnection connection);

        void connectFailed(String reason);
    }

    /** A connect on its way. */
    static final class Connecting {
        private @Nullable Waiter waiter;
        private @Nullable Dial dial;

        Connecting(Waiter waiter) {
            this.waiter = waiter;
        }

        boolean isCancelled() {
            return waiter == null;
        }

        void cancel() {
            waiter = null;
            if (dial != null) {
                dial.cancel();
            }
        }
    }

    Connecting connect(Target target, long timeoutNanos, Waiter waiter) {
        Connecting connecting = new Connecting(waiter);
        if (target.http2()) {
            state.http2Pool.open(connecting, target, timeoutNanos);
            return connecting;
        }
        connecting.dial = Dial.start(
                state, target, timeoutNanos, channel -> prepare(channel, target), new Dial.Listener() {
                    @Override
                    public void connected(Channel channel) {
                        succeed(connecting, channel.pipeline().get(UpstreamConnection.class));
                    }

                    @Override
                    public void connectFailed(String reason) {
                        fail(connecting, reason);
                    }
                });
        return connecting;
    }

    private void prepare(Channel channel, Target target) {
        channel.config().setAutoClose(false).setWriteBufferWaterMark(WATER_MARK);
        channel.pipeline().addLast(new UpstreamConnection(state, target));
    }

    static void fail(Connecting connecting, String reason) {
        Waiter waiter = connecting.waiter;
        connecting.waiter = null;
        if (waiter != null) {
            waiter.connectFailed(reason);
        }
    }

    static void succeed(Connecting connecting, UpstreamConnection connection) {
        Waiter waiter = connecting.waiter;
        connecting.waiter = null;
        if (waiter == null) {
            connection.close();
        } else {
            waiter.connected(connection);
        }
    }
}
