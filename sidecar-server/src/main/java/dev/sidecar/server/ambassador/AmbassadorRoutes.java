package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.Mirror;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Every route of {@code sidecar.ambassador.routes}, each with its effective policy, on the port or not. */
final class AmbassadorRoutes {

    static final AmbassadorRoutes NONE = new AmbassadorRoutes(List.of());

    private final List<AmbassadorRoute> all;

    private AmbassadorRoutes(List<AmbassadorRoute> all) {
        this.all = all;
    }

    /**
     * @param mirrors makes what copies requests of one route to another
     * @throws IOException when a file of a certificate or a key cannot be used
     */
    static AmbassadorRoutes of(
            Map<String, RouteProperties> routes,
            RouteMaker maker,
            BiFunction<AmbassadorRoute, AmbassadorRoute, @Nullable Mirror> mirrors)
            throws IOException {
        Map<String, AmbassadorRoute> made = new LinkedHashMap<>();
        for (Map.Entry<String, RouteProperties> each : routes.entrySet()) {
            String name = each.getKey();
            made.put(name, AmbassadorRoute.of(name, each.getValue(), maker.route(name, each.getValue())));
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
}
