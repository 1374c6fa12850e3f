package dev.sidecar.server.ambassador;

import dev.sidecar.LocalSidecar;
import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.Upstream;
import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.ProxyOptions;
import dev.sidecar.server.proxy.ProxyServer;
import dev.sidecar.server.proxy.record.AccessLog;
import dev.sidecar.server.proxy.record.RequestMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The port through which the application calls its neighbours. */
public final class Ambassador implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ProxyServer server;
    private final List<Upstream> upstreams;

    private Ambassador(ProxyServer server, List<Upstream> upstreams) {
        this.server = server;
        this.upstreams = upstreams;
    }

    static Ambassador start(
            AmbassadorProperties properties,
            LocalSidecar sidecar,
            ResiliencePolicy defaults,
            EventLoops loops,
            MeterRegistry meters)
            throws IOException {
        Tls tls = new Tls();
        List<AmbassadorRoute> routes = new ArrayList<>();
        List<Upstream> upstreams = new ArrayList<>();
        for (Map.Entry<String, RouteProperties> entry : properties.routes().entrySet()) {
            Upstream upstream = upstream(entry.getKey(), entry.getValue(), sidecar.resilience(), defaults);
            upstreams.add(upstream);
            routes.add(AmbassadorRoute.of(entry.getKey(), entry.getValue(), new ResilientRoute(upstream, tls)));
        }
        ListedHosts hosts = ListedHosts.of(properties.hosts(), sidecar.resilience(), defaults, tls);
        RequestMeters counted = new RequestMeters(meters, "sidecar.ambassador.requests");
        AccessLog log = new AccessLog(sidecar.logs(), "dev.sidecar.ambassador");
        ExchangeListener listener = properties.accessLog().enabled() ? counted.and(log) : counted;
        ProxyServer server = ProxyServer.listen(
                loops,
                new InetSocketAddress(properties.address(), properties.port() == null ? 0 : properties.port()),
                ProxyOptions.DEFAULT,
                new AmbassadorRouter(routes, hosts),
                listener);
        return new Ambassador(server, upstreams);
    }

    private static Upstream upstream(
            String name, RouteProperties route, LocalResilience resilience, ResiliencePolicy defaults) {
        String property = "sidecar.ambassador.routes." + name;
        ResiliencePolicy policy = route.policy().over(defaults).checked(property);
        String service = route.service();
        if ((service == null) == route.urls().isEmpty()) {
            throw new IllegalArgumentException(property + " needs either 'service' or 'urls'");
        }
        return service != null
                ? resilience.route(name, service, policy)
                : resilience.route(name, route.urls().stream().map(Instance::of).toList(), policy);
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
        upstreams.forEach(Upstream::close);
    }
}
