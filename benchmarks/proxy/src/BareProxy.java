import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.Pick;
import dev.sidecar.server.proxy.ProxyOptions;
import dev.sidecar.server.proxy.ProxyServer;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.RouteLimits;
import dev.sidecar.server.proxy.Target;
import dev.sidecar.server.proxy.http1.RequestEdit;
import java.net.InetSocketAddress;

/** The data plane with one route to one instance and nothing else: usage BareProxy <port> <upstream port>. */
final class BareProxy {

    private BareProxy() {}

    public static void main(String[] args) throws Exception {
        Pick pick = new Pick.Instance(Target.plain("127.0.0.1", Integer.parseInt(args[1])));
        Route route = new Route() {
            @Override
            public String name() {
                return "bare";
            }

            @Override
            public RouteLimits limits() {
                return RouteLimits.DEFAULT;
            }

            @Override
            public Pick next(Exchange exchange) {
                return pick;
            }
        };
        Decision forward = new Decision.Forward(route, RequestEdit.NONE);
        ProxyServer.listen(
                new EventLoops(1),
                new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])),
                ProxyOptions.DEFAULT,
                (request, origin) -> forward,
                exchange -> {});
        Thread.currentThread().join();
    }
}
