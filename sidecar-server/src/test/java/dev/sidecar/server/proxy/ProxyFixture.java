package dev.sidecar.server.proxy;

import static org.awaitility.Awaitility.await;

import dev.sidecar.server.proxy.http1.RequestEdit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy with one route to one target. */
final class ProxyFixture implements AutoCloseable {

    private static final EventLoops LOOPS = new EventLoops(2);

    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final ProxyServer server;

    ProxyFixture(Router router, ProxyOptions options) throws IOException {
        server = ProxyServer.listen(
                LOOPS, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options, router, exchanges::add);
    }

    static ProxyFixture to(Target target) throws IOException {
        return to(target, RouteLimits.DEFAULT);
    }

    static ProxyFixture to(Target target, RouteLimits limits) throws IOException {
        Route route = new FixedRoute(target, limits);
        return new ProxyFixture((request, origin) -> decision(route, request.isConnect()), ProxyOptions.DEFAULT);
    }

    static Decision decision(Route route, boolean connect) {
        return connect ? new Decision.Tunnel(route) : new Decision.Forward(route, RequestEdit.NONE);
    }

    /** The first one that is recorded, which is after its answer was sent. */
    Exchange exchange() {
        return await().until(() -> exchanges, recorded -> !recorded.isEmpty()).get(0);
    }

    RawClient client() throws IOException {
        return new RawClient(server.address().getPort());
    }

    @Override
    public void close() {
        server.close();
    }

    record FixedRoute(Target target, RouteLimits limits) implements Route {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public Pick next(Exchange exchange) {
            return new Pick.Instance(target);
        }
    }
}
