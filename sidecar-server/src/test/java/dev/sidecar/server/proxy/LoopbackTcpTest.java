package dev.sidecar.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which connections are sent without pacing. */
class LoopbackTcpTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path settings;

    private LoopbackTcp of(String used, String allowed) throws IOException {
        Files.writeString(settings.resolve("tcp_congestion_control"), used + "\n");
        Files.writeString(settings.resolve("tcp_allowed_congestion_control"), allowed + "\n");
        return LoopbackTcp.of(settings);
    }

    private static List<ByteBuffer> set(LoopbackTcp tcp, InetAddress address) {
        List<ByteBuffer> values = new ArrayList<>();
        tcp.apply(address, (option, value) -> values.add(value));
        return values;
    }

    @Test
    void onlyAMachineThatPacesIsToldOtherwise() throws IOException {
        assertThat(set(of("bbr", "reno bbr"), HERE)).hasSize(1);
        assertThat(set(of("bbr3", "reno bbr3"), HERE)).hasSize(1);
        assertThat(set(of("cubic", "reno cubic"), HERE)).isEmpty();
        assertThat(set(of("bbr", "bbr"), HERE)).isEmpty();
        assertThat(set(LoopbackTcp.of(settings.resolve("none")), HERE)).isEmpty();
    }

    @Test
    void connectionsToOtherMachinesAreLeftAsTheyAre() throws IOException {
        assertThat(set(of("bbr", "reno bbr"), InetAddress.getByName("192.0.2.1")))
                .isEmpty();
        assertThat(set(of("bbr", "reno bbr"), InetAddress.getByName("0.0.0.0"))).isEmpty();
    }

    @Test
    void bothEndsOfAConnectionTakeIt() throws Exception {
        assumeTrue(Epoll.isAvailable());
        LoopbackTcp paced = of("bbr", "reno bbr");
        try (EventLoops loops = new EventLoops(1)) {
            List<Channel> accepted = new CopyOnWriteArrayList<>();
            ServerBootstrap listening = new ServerBootstrap()
                    .group(loops.group())
                    .channel(loops.serverChannel())
                    .childHandler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void handlerAdded(ChannelHandlerContext ctx) {
                            accepted.add(ctx.channel());
                        }
                    });
            paced.apply(HERE, listening::option);
            Channel server = listening.bind(HERE, 0).sync().channel();
            Bootstrap connecting = new Bootstrap()
                    .group(loops.group())
                    .channel(loops.channel())
                    .handler(new ChannelInboundHandlerAdapter());
            paced.apply(HERE, connecting::option);
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            Channel client = connecting.connect(HERE, port).sync().channel();

            assertThat(congestionControl(client)).isEqualTo("reno");
            await().until(() -> !accepted.isEmpty());
            assertThat(congestionControl(accepted.get(0))).isEqualTo("reno");
        }
    }

    private static String congestionControl(Channel channel) {
        ChannelOption<ByteBuffer> option = new RawUnixChannelOption("TCP_CONGESTION", 6, 13, 4);
        ByteBuffer value = channel.config().getOption(option);
        byte[] name = new byte[4];
        value.duplicate().rewind().get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
