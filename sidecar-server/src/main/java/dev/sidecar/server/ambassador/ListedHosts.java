package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.http1.RequestEdit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the application may go through {@code http_proxy}, each place an upstream with the default policy. */
final class ListedHosts {

    static final ListedHosts NONE = new ListedHosts(Map.of());

    private final Map<String, ResilientRoute> byAuthority;

    private ListedHosts(Map<String, ResilientRoute> byAuthority) {
        this.byAuthority = byAuthority;
    }

    static ListedHosts of(List<String> hosts, RouteMaker maker) {
        Map<String, ResilientRoute> routes = new HashMap<>();
        for (String host : hosts) {
            String lower = host.toLowerCase(Locale.ROOT);
            boolean port = lower.lastIndexOf(':') > lower.lastIndexOf(']');
            for (String authority : port ? List.of(lower) : List.of(lower + ":80", lower + ":443")) {
                routes.computeIfAbsent(authority, maker::host);
            }
        }
        return new ListedHosts(routes);
    }

    Collection<ResilientRoute> all() {
        return byAuthority.values();
    }

    /** For an absolute target; null when the host is not listed. */
    @Nullable
    Decision forward(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        boolean port = lower.lastIndexOf(':') > lower.lastIndexOf(']');
        ResilientRoute route = byAuthority.get(port ? lower : lower + ":80");
        return route == null ? null : new Decision.Forward(route, RequestEdit.NONE);
    }

    /** For CONNECT; null when the host is not listed. */
    @Nullable
    Decision tunnel(String authority) {
        ResilientRoute route = byAuthority.get(authority.toLowerCase(Locale.ROOT));
        return route == null ? null : new Decision.Tunnel(route);
    }
}
