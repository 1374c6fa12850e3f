package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestHead;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port of the data plane. Thread-safe. */
public final class ProxyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final int BACKLOG = 4096;

    private final EventLoops loops;
    private final ProxyOptions options;
    private final Router router;
    private final ExchangeListener listener;
    private final Map<EventLoop, LoopState> states = new ConcurrentHashMap<>();
    private final AtomicInteger clients = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final boolean detectsHttp2;
    private final @Nullable Channel channel;
    private volatile boolean draining;

    private ProxyServer(
            EventLoops loops,
            @Nullable InetSocketAddress address,
            ProxyOptions options,
            Router router,
            ExchangeListener listener)
            throws IOException {
        this.loops = loops;
        this.options = options;
        this.router = router;
        this.listener = listener;
        this.detectsHttp2 = address != null;
        this.channel = address == null ? null : bind(address);
    }

    private Channel bind(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("cannot listen on " + address + ": the name is not known here");
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 * 1024, 128 * 1024))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel child) {
                        accept(child);
                    }
                });
        loops.loopback().apply(address.getAddress(), bootstrap::option);
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /**
     * Listens, and serves until it is closed.
     *
     * @throws IOException when it cannot listen there
     */
    public static ProxyServer listen(
            EventLoops loops, InetSocketAddress address, ProxyOptions options, Router router, ExchangeListener listener)
            throws IOException {
        return new ProxyServer(loops, address, options, router, listener);
    }

    /** Serves, without a port, what {@link #serve} is given. */
    static ProxyServer portless(EventLoops loops, ProxyOptions options, Router router, ExchangeListener listener) {
        try {
            return new ProxyServer(loops, null, options, router, listener);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Takes a connection from within the process. */
    void serve(Channel child) {
        child.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel registered) {
                accept(registered);
            }
        });
        loops.group().register(child);
    }

    private void accept(Channel child) {
        clients.incrementAndGet();
        LoopState state =
                states.computeIfAbsent(child.eventLoop(), loop -> new LoopState(loop, loops, options, this::record));
        if (options.tls() != null) {
            child.pipeline().addLast(options.tls().get().newHandler(child.alloc()));
        }
        ClientConnection client = new ClientConnection(this, state);
        if (detectsHttp2) {
            child.pipeline().addLast(new ClientPreface(this, state, client));
        }
        child.pipeline().addLast(client);
    }

    /** Where it listens; the port is the real one when any was asked for. */
    public InetSocketAddress address() {
        if (channel == null) {
            throw new IllegalStateException("this one has no port");
        }
        return (InetSocketAddress) channel.localAddress();
    }

    /** Clients that are connected. */
    public int connections() {
        return clients.get();
    }

    /**
     * Stops accepting, ends idle connections, and the others as soon as what runs on them is done.
     *
     * @return done when no client is connected any more
     */
    public CompletableFuture<Void> drain() {
        draining = true;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        states.forEach((loop, state) -> loop.execute(() -> {
            java.util.List.copyOf(state.clients).forEach(ClientConnection::drain);
            java.util.List.copyOf(state.http2).forEach(Http2Clients::drain);
        }));
        if (clients.get() == 0) {
            drained.complete(null);
        }
        return drained;
    }

    /** Drains for at most that long, then cuts what is left. */
    public void close(Duration grace) {
        try {
            drain().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            LOG.debug("connections are cut", late);
        }
        states.forEach((loop, state) -> loop.submit(() -> {
                    java.util.List.copyOf(state.clients)
                            .forEach(client -> client.channel().close());
                    state.pool.closeIdle();
                    state.http2Pool.close();
                })
                .awaitUninterruptibly(1, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    ProxyOptions options() {
        return options;
    }

    boolean draining() {
        return draining;
    }

    Decision decide(RequestHead request, Origin origin) {
        try {
            return router.decide(request, origin);
        } catch (RuntimeException fault) {
            LOG.error("the router failed", fault);
            return Answer.of(500, Reasons.INTERNAL, "the proxy failed to route the request");
        }
    }

    void decideLater(Decision.Later later, Consumer<Decision> then) {
        try {
            later.work().accept(then);
        } catch (RuntimeException fault) {
            LOG.error("the router failed", fault);
            then.accept(Answer.of(500, Reasons.INTERNAL, "the proxy failed to route the request"));
        }
    }

    /** What was held for it is free again. */
    void ended(Exchange exchange) {
        Route route = exchange.route;
        if (route != null) {
            try {
                route.completed(exchange);
            } catch (RuntimeException fault) {
                LOG.warn("an exchange could not be ended", fault);
            }
        }
    }

    private void record(Exchange exchange) {
        try {
            listener.completed(exchange);
        } catch (RuntimeException fault) {
            LOG.warn("an exchange could not be recorded", fault);
        }
    }

    void refused(Origin origin, FramingException why) {
        try {
            listener.refused(origin, why);
        } catch (RuntimeException fault) {
            LOG.warn("a refusal could not be recorded", fault);
        }
    }

    void clientCame() {
        clients.incrementAndGet();
    }

    void clientGone() {
        if (clients.decrementAndGet() == 0 && draining) {
            drained.complete(null);
        }
    }
}
