package dev.sidecar.health;

import dev.sidecar.runtime.Threads;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Small unary calls over HTTP/2 without TLS, each on a connection of its own. One thread for all of them, made at the
 * first. Needs {@code io.netty:netty-codec-http2}; nothing but this class and its reader knows Netty.
 */
final class GrpcClient implements AutoCloseable {

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, (ThreadFactory) work -> Threads.named("health-grpc", work), NioIoHandler.newFactory());

    // On the heap and not pooled: a few hundred bytes now and then are not worth arenas.
    private final ByteBufAllocator buffers = new UnpooledByteBufAllocator(false);

    /** An interrupt ends it and closes its connection. */
    GrpcAnswer call(Address address, String path, byte[] message) throws IOException, InterruptedException {
        CompletableFuture<GrpcAnswer> answer = new CompletableFuture<>();
        Channel connection = connect(address, answer);
        try {
            Http2StreamChannel stream = new Http2StreamChannelBootstrap(connection)
                    .handler(new GrpcAnswerReader(answer))
                    .open()
                    .get();
            stream.write(new DefaultHttp2HeadersFrame(headers(address, path)));
            stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(message), true));
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException(address + ": " + Output.of(e.getCause() == null ? e : e.getCause()), e);
        } finally {
            connection.close();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** A name may have several addresses, such as localhost; the first that listens is asked. */
    private Channel connect(Address address, CompletableFuture<GrpcAnswer> answer)
            throws IOException, InterruptedException {
        String refusal = "no address";
        // Resolved here: the loop would stand still while a name server thinks.
        for (InetAddress ip : InetAddress.getAllByName(address.host())) {
            ChannelFuture connecting = bootstrap(answer).connect(new InetSocketAddress(ip, address.port()));
            try {
                connecting.await();
            } catch (InterruptedException e) {
                connecting.channel().close();
                throw e;
            }
            if (connecting.isSuccess()) {
                return connecting.channel();
            }
            refusal = Output.of(connecting.cause());
        }
        throw new IOException(address + ": " + refusal);
    }

    private Bootstrap bootstrap(CompletableFuture<GrpcAnswer> answer) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, buffers)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(Http2FrameCodecBuilder.forClient()
                                        .initialSettings(
                                                Http2Settings.defaultSettings().pushEnabled(false))
                                        .build())
                                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
                                .addLast(new Failure(answer));
                    }
                });
    }

    private static Http2Headers headers(Address address, String path) {
        return new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .path(path)
                .authority(address.toString())
                .add("content-type", "application/grpc")
                .add("te", "trailers")
                .add("user-agent", "sidecar-health");
    }

    /** Turns what happens to the connection into the end of the call. */
    private static final class Failure extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<GrpcAnswer> answer;

        Failure(CompletableFuture<GrpcAnswer> answer) {
            this.answer = answer;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            answer.completeExceptionally(failure);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IOException("the connection was closed without an answer"));
        }
    }
}
