package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.Pki;
import dev.sidecar.server.testing.Pki.Issued;
import dev.sidecar.server.testing.RunningServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real WebSocket client and a real WebSocket server, with a proxy between them. */
class WebSocketTest {

    @TempDir
    static Path directory;

    private static EventLoopGroup threads;
    private static Channel echo;
    private static Pki pki;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        echo = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(8192),
                                        new WebSocketServerProtocolHandler("/ws", "chat", true),
                                        new Echo());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        String app = "http://127.0.0.1:" + ((InetSocketAddress) echo.localAddress()).getPort();
        pki = new Pki(directory, "ours");
        Issued shown = pki.issue("front", "ec", "IP:127.0.0.1");
        server = RunningServer.start(
                directory.resolve("home"),
                "sidecar.ambassador.port=0",
                "sidecar.ambassador.routes.echo.urls=" + app,
                "sidecar.offload.port=0",
                "sidecar.offload.app=" + app,
                "sidecar.offload.cache.max-size=1MB",
                "sidecar.offload.tls.certificate=" + shown.certificate(),
                "sidecar.offload.tls.key=" + shown.key());
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
    }

    @AfterAll
    static void stop() {
        server.close();
        echo.close();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            ctx.writeAndFlush(frame.retain());
        }
    }

    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                all.add(part.toString());
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            all.add("binary " + data.remaining());
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            all.add("closed " + status + " " + reason);
            return null;
        }
    }

    @Test
    void passesTheAmbassador() throws Exception {
        String url = server.bean("ambassador", dev.sidecar.server.ambassador.Ambassador.class)
                .url();
        talk(URI.create(url.replace("http://", "ws://") + "/echo/ws"));
    }

    @Test
    void passesTheOffloadProxyAndItsTls() throws Exception {
        talk(URI.create(server.bean(Offload.class).url().replace("https://", "wss://") + "/ws"));
    }

    private static void talk(URI url) throws Exception {
        Heard heard = new Heard();
        WebSocket socket = HttpClient.newBuilder()
                .sslContext(pki.context(null))
                .build()
                .newWebSocketBuilder()
                .subprotocols("chat")
                .buildAsync(url, heard)
                .get(10, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("chat");
        for (int i = 0; i < 50; i++) {
            socket.sendText("number " + i, true).get(5, TimeUnit.SECONDS);
            assertThat(heard.all.poll(5, TimeUnit.SECONDS)).isEqualTo("number " + i);
        }
        String large = "x".repeat(60_000);
        socket.sendText(large, true).get(5, TimeUnit.SECONDS);
        assertThat(heard.all.poll(5, TimeUnit.SECONDS)).isEqualTo(large);
        socket.sendBinary(ByteBuffer.allocate(1000), true).get(5, TimeUnit.SECONDS);
        assertThat(heard.all.poll(5, TimeUnit.SECONDS)).isEqualTo("binary 1000");
        socket.sendClose(4000, "enough").get(5, TimeUnit.SECONDS);
        assertThat(heard.all.poll(5, TimeUnit.SECONDS)).isEqualTo("closed 4000 enough");
    }
}
