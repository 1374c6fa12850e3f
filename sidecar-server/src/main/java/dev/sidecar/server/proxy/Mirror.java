package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** Sends copies of requests somewhere else; what is answered there goes nowhere. Thread-safe. */
public final class Mirror {

    private static final InProcessChannel.Peer NOBODY = new InProcessChannel.Peer() {
        @Override
        public void wanted() {
            // All of it is there already.
        }

        @Override
        public boolean takes() {
            return true;
        }

        @Override
        public void take(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void closed() {
            // Nobody waits for it.
        }
    };

    private final ProxyServer server;

    /**
     * @param route where the copies go, whose path is already what the instance gets
     * @param listener told of them as of any request
     */
    public Mirror(EventLoops loops, Router route, ExchangeListener listener) {
        server = ProxyServer.portless(loops, ProxyOptions.DEFAULT, route, listener);
    }

    void copy(RequestHead request, RequestEdit edit, SocketAddress client, ByteBuf content) {
        StringBuilder head = new StringBuilder(512)
                .append(request.method())
                .append(' ')
                .append(edit.targetOf(request))
                .append(" HTTP/1.1\r\nHost: ")
                .append(request.authority().isEmpty() ? "localhost" : request.authority())
                .append("\r\nConnection: close\r\n");
        Fields fields = request.fields();
        for (int i = 0; i < fields.count(); i++) {
            byte kind = fields.kind(i);
            boolean made = kind == Field.HOST || kind == Field.CONTENT_LENGTH || kind == Field.EXPECT;
            if (!made && !Field.isHopByHop(kind)) {
                head.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
            }
        }
        head.append("Content-Length: ").append(content.readableBytes()).append("\r\n\r\n");
        InProcessChannel channel = new InProcessChannel(client, NOBODY);
        server.serve(channel);
        channel.received(Unpooled.wrappedBuffer(Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1), content));
    }
}
