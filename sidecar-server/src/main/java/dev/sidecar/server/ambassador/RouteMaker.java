package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.Upstream;
import dev.sidecar.server.proxy.tls.ClientTlsProperties;
import dev.sidecar.server.proxy.tls.TlsReloading;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the routes of one configuration, or keeps those of the one before where nothing of theirs changed, with all
 * that is known of their instances. What it makes is seen by nobody before {@link #publish}. Not thread-safe.
 */
final class RouteMaker {

    /** What a route must have in common with another one to be the same. */
    record Definition(
            @Nullable String service,
            List<URI> urls,
            boolean http2,
            @Nullable ClientTlsProperties tls,
            ResiliencePolicy policy) {}

    private final LocalResilience resilience;
    private final ResilienceOptions policies;
    private final TlsReloading reloading;
    private final Map<String, ResilientRoute> before;
    private final List<ResilientRoute> made = new ArrayList<>();
    private final Tls usual = new Tls();
    private final Tls http2 = Tls.http2();

    /**
     * @param before what there is already, by name
     */
    RouteMaker(
            LocalResilience resilience,
            ResilienceOptions policies,
            TlsReloading reloading,
            Map<String, ResilientRoute> before) {
        this.resilience = resilience;
        this.policies = policies;
        this.reloading = reloading;
        this.before = before;
    }

    ResilientRoute route(String name, RouteProperties route) throws IOException {
        String property = "sidecar.ambassador.routes." + name;
        route.checkTarget(property);
        ResiliencePolicy policy = route.policy(policies).checked(property);
        return route(name, property, new Definition(route.service(), route.urls(), route.http2(), route.tls(), policy));
    }

    /** To one address, under the default policy. */
    ResilientRoute host(String authority) {
        try {
            List<URI> urls = List.of(URI.create("http://" + authority));
            return route(
                    authority,
                    "sidecar.ambassador.hosts",
                    new Definition(null, urls, false, null, policies.defaults()));
        } catch (IOException impossible) {
            throw new IllegalStateException("no file is read for a host", impossible);
        }
    }

    private ResilientRoute route(String name, String property, Definition definition) throws IOException {
        ResilientRoute same = before.get(name);
        if (same != null && same.definition().equals(definition)) {
            return same;
        }
        ClientTlsProperties own = definition.tls();
        Tls tls = own != null
                ? new Tls(reloading, property + ".tls", own, definition.http2())
                : definition.http2() ? http2 : usual;
        ResilientRoute route = new ResilientRoute(definition, upstream(name, definition), tls);
        made.add(route);
        return route;
    }

    private Upstream upstream(String name, Definition definition) {
        String service = definition.service();
        return service != null
                ? resilience.prepare(name, service, definition.policy())
                : resilience.prepare(
                        name, definition.urls().stream().map(Instance::of).toList(), definition.policy());
    }

    /** Shows what was made, and ends what is not needed any more. */
    void publish(Collection<ResilientRoute> needed) {
        made.forEach(route -> resilience.publish(route.upstream()));
        before.values().stream().filter(route -> !needed.contains(route)).forEach(ResilientRoute::close);
    }

    /** Ends what was made; everything is as it was. */
    void discard() {
        made.forEach(ResilientRoute::close);
    }
}
