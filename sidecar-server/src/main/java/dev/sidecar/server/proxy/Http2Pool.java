package dev.sidecar.server.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP/2 connections of one event loop to upstreams. Each carries many requests; one that is full gets a sibling. */
final class Http2Pool {

    private static final int STREAMS = 100;
    private static final int WINDOW = 1024 * 1024;

    private final LoopState state;
    private final long idleNanos;
    private final Map<Target, List<Connection>> connections = new HashMap<>();

    Http2Pool(LoopState state, ProxyOptions options) {
        this.state = state;
        this.idleNanos = options.upstreamIdle().toNanos();
    }

    /** One connection and those who wait for it to be there. */
    private final class Connection extends ChannelInboundHandlerAdapter implements Dial.Listener {
        private final Target target;
        private final Deadline idle = new Deadline(this::close);
        private List<UpstreamPool.Connecting> waiting = new ArrayList<>();
        private @Nullable Dial dial;
        private @Nullable Channel channel;
        private boolean ready;
        private boolean leaving;
        private long most = STREAMS;
        private int running;

        Connection(Target target) {
            this.target = target;
        }

        boolean takes() {
            return !leaving && running + waiting.size() < most;
        }

        void close() {
            if (channel != null) {
                channel.close();
            } else if (dial != null) {
                dial.cancel();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http2SettingsFrame frame) {
                Long limit = frame.settings().maxConcurrentStreams();
                most = limit == null ? most : Math.min(STREAMS, limit);
            } else if (message instanceof Http2GoAwayFrame) {
                leave();
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            leave();
            idle.cancel();
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        private void leave() {
            leaving = true;
            List<Connection> siblings = connections.get(target);
            if (siblings != null && siblings.remove(this) && siblings.isEmpty()) {
                connections.remove(target);
            }
        }

        @Override
        public void connected(Channel made) {
            channel = made;
            made.pipeline().addLast(this);
            SslHandler tls = made.pipeline().get(SslHandler.class);
            if (tls != null && !"h2".equals(tls.applicationProtocol())) {
                connectFailed(Reasons.TLS_FAILED);
                return;
            }
            ready = true;
            List<UpstreamPool.Connecting> all = waiting;
            waiting = new ArrayList<>();
            all.forEach(this::open);
        }

        @Override
        public void connectFailed(String reason) {
            leave();
            List<UpstreamPool.Connecting> all = waiting;
            waiting = new ArrayList<>();
            all.forEach(connecting -> UpstreamPool.fail(connecting, reason));
            close();
        }

        void open(UpstreamPool.Connecting connecting) {
            Channel parent = channel;
            if (connecting.isCancelled() || parent == null) {
                return;
            }
            idle.cancel();
            running++;
            UpstreamConnection stream = new UpstreamConnection(state, target);
            new Http2StreamChannelBootstrap(parent)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 * 1024, 128 * 1024))
                    .handler(new ChannelInitializer<Http2StreamChannel>() {
                        @Override
                        protected void initChannel(Http2StreamChannel child) {
                            child.closeFuture().addListener(closed -> released());
                            child.pipeline().addLast(new Http2UpstreamStream(target.tls() != null), stream);
                        }
                    })
                    .open()
                    .addListener(opened -> {
                        if (opened.isSuccess()) {
                            UpstreamPool.succeed(connecting, stream);
                        } else {
                            released();
                            UpstreamPool.fail(connecting, Reasons.CONNECT_FAILED);
                        }
                    });
        }

        private void released() {
            if (--running == 0) {
                if (leaving) {
                    close();
                } else {
                    state.fine.set(idle, idleNanos);
                }
            }
        }
    }

    /** Opens a stream, on a connection that is there or on a new one. */
    void open(UpstreamPool.Connecting connecting, Target target, long timeoutNanos) {
        List<Connection> siblings = connections.computeIfAbsent(target, key -> new ArrayList<>());
        for (Connection connection : siblings) {
            if (connection.takes()) {
                if (connection.ready) {
                    connection.open(connecting);
                } else {
                    connection.waiting.add(connecting);
                }
                return;
            }
        }
        Connection made = new Connection(target);
        made.waiting.add(connecting);
        siblings.add(made);
        made.dial = Dial.start(state, target, timeoutNanos, Http2Pool::prepare, made);
    }

    private static void prepare(Channel channel) {
        Http2FrameCodecBuilder codec = Http2FrameCodecBuilder.forClient();
        codec.initialSettings(Http2Settings.defaultSettings()
                .pushEnabled(false)
                .initialWindowSize(WINDOW)
                .maxHeaderListSize(32 * 1024));
        codec.encoderEnforceMaxConcurrentStreams(true);
        channel.pipeline().addLast(codec.build(), new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
    }

    void close() {
        for (List<Connection> siblings : List.copyOf(connections.values())) {
            List.copyOf(siblings).forEach(Connection::close);
        }
    }
}
