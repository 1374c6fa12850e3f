package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.ProxyOptions;
import dev.sidecar.server.proxy.ProxyServer;
import dev.sidecar.server.proxy.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The port through which the application calls its neighbours. */
public final class Ambassador implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ProxyServer server;

    private Ambassador(ProxyServer server) {
        this.server = server;
    }

    static Ambassador start(AmbassadorProperties properties, EventLoops loops, Router router, ExchangeListener listener)
            throws IOException {
        return new Ambassador(ProxyServer.listen(
                loops,
                new InetSocketAddress(properties.address(), properties.port() == null ? 0 : properties.port()),
                ProxyOptions.DEFAULT,
                router,
                listener));
    }

    /** What the application is told: {@code http://<address>:<port>}. */
    public String url() {
        InetSocketAddress address = server.address();
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Finishes what runs, for a moment, and stops. */
    @Override
    public void close() {
        server.close(GRACE);
    }
}
