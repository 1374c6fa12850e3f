package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Mirror;
import dev.sidecar.server.proxy.Router;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.tls.TlsReloading;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The routes that hold now. Others take their place between two requests; a request that is under way keeps what it
 * began with. Thread-safe.
 */
final class RouteTable implements Router, AutoCloseable {

    private record Held(AmbassadorRoutes routes, ListedHosts hosts, Router router) {

        Map<String, ResilientRoute> byName() {
            Map<String, ResilientRoute> all = new HashMap<>();
            hosts.all().forEach(host -> all.put(host.name(), host));
            routes.all().forEach(route -> all.put(route.name(), route.route()));
            return all;
        }
    }

    private final LocalResilience resilience;
    private final TlsReloading reloading;
    private final BiFunction<AmbassadorRoute, AmbassadorRoute, @Nullable Mirror> mirrors;
    private volatile Held held = held(AmbassadorRoutes.NONE, ListedHosts.NONE);

    /**
     * @param mirrors makes what copies requests of one route to another
     */
    RouteTable(
            LocalResilience resilience,
            TlsReloading reloading,
            BiFunction<AmbassadorRoute, AmbassadorRoute, @Nullable Mirror> mirrors) {
        this.resilience = resilience;
        this.reloading = reloading;
        this.mirrors = mirrors;
    }

    private static Held held(AmbassadorRoutes routes, ListedHosts hosts) {
        return new Held(routes, hosts, new AmbassadorRouter(routes.all(), hosts));
    }

    /**
     * These hold from now on. A route of which nothing changed but what it takes keeps what is known of its instances.
     *
     * @throws IOException when a file of a certificate or a key cannot be used; everything is as it was, as with any
     *     other exception
     */
    synchronized void hold(AmbassadorProperties properties, ResilienceOptions policies) throws IOException {
        RouteMaker maker = new RouteMaker(resilience, policies, reloading, held.byName());
        try {
            AmbassadorRoutes routes = AmbassadorRoutes.of(properties.routes(), maker, mirrors);
            ListedHosts hosts = ListedHosts.of(properties.port() == null ? List.of() : properties.hosts(), maker);
            Held next = held(routes, hosts);
            held = next;
            maker.publish(next.byName().values());
        } catch (IOException | RuntimeException e) {
            maker.discard();
            throw e;
        }
    }

    AmbassadorRoutes routes() {
        return held.routes;
    }

    @Override
    public Decision decide(RequestHead request, Origin origin) {
        return held.router.decide(request, origin);
    }

    @Override
    public void close() {
        held.byName().values().forEach(ResilientRoute::close);
    }
}
