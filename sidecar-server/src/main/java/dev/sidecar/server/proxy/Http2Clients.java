package dev.sidecar.server.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;

/** One client's HTTP/2 connection: makes a {@link ClientConnection} of each stream, and ends what is idle. */
final class Http2Clients extends ChannelInboundHandlerAdapter {

    private static final int STREAMS = 256;
    private static final int WINDOW = 256 * 1024;

    private final ProxyServer server;
    private final LoopState state;
    private final Channel connection;
    private final Deadline idle;
    private int streams;

    private Http2Clients(ProxyServer server, LoopState state, Channel connection) {
        this.server = server;
        this.state = state;
        this.connection = connection;
        this.idle = new Deadline(connection::close);
    }

    /** Turns a connection, whose preface is about to be read, over to HTTP/2. */
    static void takeOver(ProxyServer server, LoopState state, ChannelPipeline pipeline) {
        Http2Clients clients = new Http2Clients(server, state, pipeline.channel());
        Http2FrameCodecBuilder codec = Http2FrameCodecBuilder.forServer();
        codec.initialSettings(Http2Settings.defaultSettings()
                .maxConcurrentStreams(STREAMS)
                .initialWindowSize(WINDOW)
                .maxHeaderListSize(server.options().head().maxBytes()));
        if (server.options().tls() == null) {
            pipeline.addLast(new LingeringClose());
        }
        pipeline.addLast(
                codec.build(),
                new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        clients.begin(stream);
                    }
                }),
                clients);
        state.http2.add(clients);
        clients.rest();
    }

    private void begin(Channel stream) {
        streams++;
        idle.cancel();
        server.clientCame();
        stream.config().setWriteBufferWaterMark(new WriteBufferWaterMark(64 * 1024, 128 * 1024));
        stream.closeFuture().addListener(closed -> {
            if (--streams == 0) {
                rest();
            }
        });
        ClientConnection client = new ClientConnection(server, state);
        stream.pipeline().addLast(new Http2ClientStream(client::refusedByHttp2), client);
    }

    private void rest() {
        state.coarse.set(idle, server.options().idleTimeout().toNanos());
    }

    /** Says that no more streams are taken, and closes when the last one is done. */
    void drain() {
        connection.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        idle.cancel();
        state.http2.remove(this);
        server.clientGone();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What is wrong with HTTP/2 itself the codec says by a GOAWAY, and closes.
        if (cause instanceof Http2Exception) {
            return;
        }
        Fault.isOurs(cause);
        ctx.close();
    }
}
