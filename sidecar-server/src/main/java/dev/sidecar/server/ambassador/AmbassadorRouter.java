package dev.sidecar.server.ambassador;

import dev.sidecar.Problem;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Reasons;
import dev.sidecar.server.proxy.Router;
import dev.sidecar.server.proxy.http1.AmbiguousPath;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestHead;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the route: one for the request's Host before one for any, the longest prefix first, then the most header fields. */
final class AmbassadorRouter implements Router {

    static final Answer AMBIGUOUS = Answer.of(
            Problem.of(400, "ambiguous-path", "the path has a segment '.' or '..'; send the path that is meant"));
    private static final Answer UNLISTED = Answer.of(Problem.of(
            403, "host-not-listed", "no route is for this host; list it in sidecar.ambassador.hosts to let it pass"));

    private final List<AmbassadorRoute> byHost;
    private final List<AmbassadorRoute> byPath;
    private final ListedHosts hosts;
    private final Answer noRoute;

    AmbassadorRouter(List<AmbassadorRoute> routes, ListedHosts hosts) {
        Comparator<AmbassadorRoute> longestFirst = Comparator.<AmbassadorRoute>comparingInt(
                        route -> -route.prefix().length())
                .thenComparingInt(route -> -route.matches().size());
        this.byHost = routes.stream()
                .filter(route -> route.host() != null)
                .sorted(longestFirst)
                .toList();
        this.byPath = routes.stream()
                .filter(route -> route.host() == null)
                .sorted(longestFirst)
                .toList();
        this.hosts = hosts;
        this.noRoute = Answer.of(Problem.of(
                404,
                Reasons.NO_ROUTE,
                "no route takes this path; there are "
                        + routes.stream()
                                .map(route -> route.prefix() + "/")
                                .sorted()
                                .toList()));
    }

    @Override
    public Decision decide(RequestHead request, Origin origin) {
        if (request.isConnect()) {
            Decision tunnel = hosts.tunnel(request.target());
            return tunnel == null ? UNLISTED : tunnel;
        }
        String path = request.path();
        if (AmbiguousPath.is(path)) {
            return AMBIGUOUS;
        }
        AmbassadorRoute route = byHost.isEmpty() ? null : forHost(request, name(request.authority()), path);
        if (route == null && request.absoluteForm()) {
            Decision listed = hosts.forward(request.authority());
            if (listed != null) {
                return listed;
            }
            String host = name(request.authority());
            AmbassadorRoute named = byName(host);
            if (named != null) {
                return named.forwardAs(named.edit());
            }
            return UNLISTED;
        }
        if (route == null) {
            route = forPath(request, path);
        }
        return route == null ? noRoute : route.forward(request);
    }

    private @Nullable AmbassadorRoute forHost(RequestHead request, String host, String path) {
        for (AmbassadorRoute route : byHost) {
            if (host.equals(route.host()) && route.takes(request, path)) {
                return route;
            }
        }
        return null;
    }

    private @Nullable AmbassadorRoute forPath(RequestHead request, String path) {
        for (AmbassadorRoute route : byPath) {
            if (route.takes(request, path)) {
                return route;
            }
        }
        return null;
    }

    // With http_proxy an application writes http://inventory/items.
    private @Nullable AmbassadorRoute byName(String host) {
        for (AmbassadorRoute route : byPath) {
            if (host.equals(route.name())
                    || host.equals(route.route().upstream().service())) {
                return route;
            }
        }
        return null;
    }

    private static String name(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        return (port && colon > 0 ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
