package dev.sidecar.server.proxy;

import dev.sidecar.runtime.Threads;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to upstreams: those that wait for the next request, last used first. */
final class UpstreamPool {

    private static final ExecutorService RESOLVER = Threads.pool("proxy-resolver", 8, Duration.ofSeconds(10));

    private final LoopState state;
    private final EventLoops loops;
    private final int maxIdle;
    private final long idleNanos;
    private final Map<Target, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

    UpstreamPool(LoopState state, EventLoops loops, ProxyOptions options) {
        this.state = state;
        this.loops = loops;
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
        private @Nullable Channel channel;

        Connecting(Waiter waiter) {
            this.waiter = waiter;
        }

        boolean isCancelled() {
            return waiter == null;
        }

        void cancel() {
            waiter = null;
            if (channel != null) {
                channel.close();
            }
        }
    }

    Connecting connect(Target target, long timeoutNanos, Waiter waiter) {
        Connecting connecting = new Connecting(waiter);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(target.host());
        if (address != null) {
            try {
                open(connecting, target, InetAddress.getByAddress(address), timeoutNanos);
            } catch (UnknownHostException notOfFourOrSixteenBytes) {
                throw new IllegalStateException(notOfFourOrSixteenBytes);
            }
        } else {
            RESOLVER.execute(() -> resolve(connecting, target, timeoutNanos));
        }
        return connecting;
    }

    private void resolve(Connecting connecting, Target target, long timeoutNanos) {
        try {
            InetAddress found = InetAddress.getByName(target.host());
            state.loop.execute(() -> open(connecting, target, found, timeoutNanos));
        } catch (UnknownHostException unknown) {
            state.loop.execute(() -> fail(connecting, Reasons.CONNECT_FAILED));
        }
    }

    static void fail(Connecting connecting, String reason) {
        Waiter waiter = connecting.waiter;
        connecting.waiter = null;
        if (waiter != null) {
            waiter.connectFailed(reason);
        }
    }

    private void open(Connecting connecting, Target target, InetAddress address, long timeoutNanos) {
        if (connecting.waiter == null) {
            return;
        }
        if (target.http2()) {
            state.http2Pool.open(connecting, target, address, timeoutNanos);
            return;
        }
        UpstreamConnection connection = new UpstreamConnection(state, target);
        ChannelFuture future = new Bootstrap()
                .group(state.loop)
                .channel(loops.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeoutNanos / 1_000_000))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 * 1024, 128 * 1024))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (target.tls() != null) {
                            SslHandler tls = target.tls().newHandler(channel.alloc(), target.name(), target.port());
                            tls.setHandshakeTimeoutMillis(Math.max(1, timeoutNanos / 1_000_000));
                            channel.pipeline().addLast(tls);
                        }
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(new InetSocketAddress(address, target.port()));
        connecting.channel = future.channel();
        future.addListener(done -> opened(connecting, future, connection));
    }

    private static void opened(Connecting connecting, ChannelFuture future, UpstreamConnection connection) {
        if (!future.isSuccess()) {
            boolean late = future.cause() instanceof io.netty.channel.ConnectTimeoutException;
            fail(connecting, late ? Reasons.CONNECT_TIMEOUT : Reasons.CONNECT_FAILED);
            return;
        }
        SslHandler tls = future.channel().pipeline().get(SslHandler.class);
        if (tls == null) {
            succeed(connecting, connection);
            return;
        }
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                succeed(connecting, connection);
            } else {
                fail(connecting, Reasons.TLS_FAILED);
                future.channel().close();
            }
        });
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
