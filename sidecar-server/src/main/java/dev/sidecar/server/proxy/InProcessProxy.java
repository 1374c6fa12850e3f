package dev.sidecar.server.proxy;

import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import java.time.Duration;

/** The data plane without a port, for callers in this process that block. Thread-safe. */
public final class InProcessProxy implements AutoCloseable {

    private final ProxyServer server;

    public InProcessProxy(EventLoops loops, Router router, ExchangeListener listener) {
        server = ProxyServer.portless(loops, ProxyOptions.DEFAULT, router, listener);
    }

    /**
     * Begins a call.
     *
     * @param client on whose behalf
     * @param head of the request, as HTTP/1.1 has it; it is checked like anybody's
     * @param toHead whether the method is HEAD
     */
    public InProcessCall call(SocketAddress client, byte[] head, boolean toHead) {
        InProcessCall call = new InProcessCall(client, toHead);
        server.serve(call.channel());
        call.channel().received(Unpooled.wrappedBuffer(head));
        return call;
    }

    /** Finishes what runs, for at most {@code grace}. */
    public void close(Duration grace) {
        server.close(grace);
    }

    @Override
    public void close() {
        server.close();
    }
}
