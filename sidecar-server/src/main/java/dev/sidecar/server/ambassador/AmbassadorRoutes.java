package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.Upstream;
import dev.sidecar.server.proxy.Mirror;
import dev.sidecar.server.proxy.tls.ClientTlsProperties;
import dev.sidecar.server.proxy.tls.TlsReloading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Every route of {@code sidecar.ambassador.routes}, each with its effective policy, on the port or not. */
final class AmbassadorRoutes implements AutoCloseable {

    private final List<AmbassadorRoute> all;

    private AmbassadorRoutes(List<AmbassadorRoute> all) {
        this.all = all;
    }

    /**
     * @param mirrors makes what copies requests of one route to another
     */
    static AmbassadorRoutes of(
            Map<String, RouteProperties> routes,
            LocalResilience resilience,
            ResiliencePolicy defaults,
            TlsReloading reloading,
            BiFunction<AmbassadorRoute, AmbassadorRoute, @Nullable Mirror> mirrors)
            throws IOException {
        Map<String, AmbassadorRoute> made = new LinkedHashMap<>();
        Tls usual = new Tls();
        Tls http2 = Tls.http2();
        for (Map.Entry<String, RouteProperties> each : routes.entrySet()) {
            String name = each.getKey();
            RouteProperties properties = each.getValue();
            ClientTlsProperties own = properties.tls();
            Tls tls = properties.http2() ? http2 : usual;
            if (own != null) {
                tls = new Tls(reloading, "sidecar.ambassador.routes." + name + ".tls", own, properties.http2());
            }
            Upstream upstream = upstream(name, properties, resilience, defaults);
            made.put(name, AmbassadorRoute.of(name, properties, new ResilientRoute(upstream, tls)));
        }
        List<AmbassadorRoute> all = new ArrayList<>();
        made.forEach((name, route) -> {
            RouteProperties properties = Objects.requireNonNull(routes.get(name));
            String property = "sidecar.ambassador.routes." + name;
            String mirror = properties.mirror();
            all.add(route.with(
                    Shares.of(property + ".weights", properties.weights(), other -> named(
                                    made, property + ".weights", other)
                            .route()),
                    mirror == null ? null : mirrors.apply(route, named(made, property + ".mirror", mirror))));
        });
        return new AmbassadorRoutes(List.copyOf(all));
    }

    private static AmbassadorRoute named(Map<String, AmbassadorRoute> made, String property, String name) {
        AmbassadorRoute route = made.get(name);
        if (route == null) {
            throw new IllegalArgumentException(property + ": '" + name + "' is none of the routes " + made.keySet());
        }
        return route;
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

    List<AmbassadorRoute> all() {
        return all;
    }

    /** The route to a service, the one of that name first, or the route of that name; null when there is none. */
    @Nullable
    AmbassadorRoute toService(String service) {
        AmbassadorRoute found = null;
        for (AmbassadorRoute route : all) {
            boolean named = route.name().equals(service);
            String leadsTo = route.route().upstream().service();
            if (service.equals(leadsTo) && (named || found == null)) {
                found = route;
            } else if (named && leadsTo == null && found == null) {
                found = route;
            }
        }
        return found;
    }

    @Override
    public void close() {
        all.forEach(route -> route.route().upstream().close());
    }
}
