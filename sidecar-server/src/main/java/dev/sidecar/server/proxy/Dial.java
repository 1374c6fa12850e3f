package dev.sidecar.server.proxy;

import dev.sidecar.runtime.Threads;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One try to reach an instance: its name is looked up, its addresses are tried one after the other until one takes the
 * connection, and TLS is spoken where it must be. To be used on the event loop.
 */
final class Dial {

    private static final ExecutorService RESOLVER = Threads.pool("proxy-resolver", 8, Duration.ofSeconds(10));

    /** Told of the result on the event loop, unless it is cancelled before. */
    interface Listener {
        void connected(Channel channel);

        void connectFailed(String reason);
    }

    private final LoopState state;
    private final Target target;
    private final long until;
    private final Consumer<Channel> handlers;
    private final Listener listener;
    private InetAddress[] addresses = {};
    private int tried;
    private @Nullable Channel channel;
    private boolean cancelled;

    private Dial(LoopState state, Target target, long nanos, Consumer<Channel> handlers, Listener listener) {
        this.state = state;
        this.target = target;
        this.until = System.nanoTime() + nanos;
        this.handlers = handlers;
        this.listener = listener;
    }

    /**
     * Begins.
     *
     * @param nanos for how long, all addresses together
     * @param handlers adds to the pipeline what comes after TLS; asked for each address anew
     */
    static Dial start(LoopState state, Target target, long nanos, Consumer<Channel> handlers, Listener listener) {
        Dial dial = new Dial(state, target, nanos, handlers, listener);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(target.host());
        if (address == null) {
            RESOLVER.execute(dial::resolve);
            return dial;
        }
        try {
            dial.addresses = new InetAddress[] {InetAddress.getByAddress(address)};
        } catch (UnknownHostException notOfFourOrSixteenBytes) {
            throw new IllegalStateException(notOfFourOrSixteenBytes);
        }
        dial.next();
        return dial;
    }

    private void resolve() {
        try {
            InetAddress[] found = InetAddress.getAllByName(target.host());
            state.loop.execute(() -> {
                addresses = found;
                next();
            });
        } catch (UnknownHostException unknown) {
            state.loop.execute(() -> fail(Reasons.CONNECT_FAILED));
        }
    }

    /** Nobody waits for it any more. */
    void cancel() {
        cancelled = true;
        if (channel != null) {
            channel.close();
        }
    }

    // Each address gets its share of the time that is left, so that a silent one does not use up the others'.
    private void next() {
        if (cancelled) {
            return;
        }
        InetAddress address = addresses[tried];
        long left = Math.max(1_000_000, until - System.nanoTime());
        int millis = (int) Math.max(1, left / (addresses.length - tried) / 1_000_000);
        tried++;
        Bootstrap bootstrap = new Bootstrap()
                .group(state.loop)
                .channel(state.loops.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        if (target.tls() != null) {
                            SslHandler tls = target.tls().newHandler(opened.alloc(), target.name(), target.port());
                            tls.setHandshakeTimeoutMillis(millis);
                            opened.pipeline().addLast(tls);
                        }
                        handlers.accept(opened);
                    }
                });
        state.loops.loopback().apply(address, bootstrap::option);
        ChannelFuture future = bootstrap.connect(new InetSocketAddress(address, target.port()));
        channel = future.channel();
        future.addListener(done -> opened(future));
    }

    private void opened(ChannelFuture future) {
        if (!future.isSuccess()) {
            if (tried < addresses.length) {
                next();
            } else {
                boolean late = future.cause() instanceof ConnectTimeoutException;
                fail(late ? Reasons.CONNECT_TIMEOUT : Reasons.CONNECT_FAILED);
            }
            return;
        }
        SslHandler tls = future.channel().pipeline().get(SslHandler.class);
        if (tls == null) {
            succeed(future.channel());
            return;
        }
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                succeed(future.channel());
            } else {
                fail(Reasons.TLS_FAILED);
                future.channel().close();
            }
        });
    }

    private void succeed(Channel opened) {
        if (cancelled) {
            opened.close();
        } else {
            listener.connected(opened);
        }
    }

    private void fail(String reason) {
        if (!cancelled) {
            listener.connectFailed(reason);
        }
    }
}
