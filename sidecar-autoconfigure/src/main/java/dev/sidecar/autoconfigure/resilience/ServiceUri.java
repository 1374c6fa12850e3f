package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.BalancingPolicy;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.Upstream;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** Which URLs name a service: {@code http://inventory/…}, a host of one word without a port. All others are left alone. */
final class ServiceUri {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private ServiceUri() {}

    static @Nullable String service(URI uri) {
        String host = uri.getHost() == null ? uri.getAuthority() : uri.getHost();
        boolean named = host != null
                && uri.getPort() < 0
                && uri.getUserInfo() == null
                && "http".equalsIgnoreCase(uri.getScheme())
                && !host.equalsIgnoreCase("localhost")
                && host.matches("[A-Za-z][A-Za-z0-9_-]{0,127}");
        return named ? host : null;
    }

    /** The same with the address of an instance. */
    static URI at(Instance instance, URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create((instance.secure() ? "https://" : "http://") + instance.authority() + path + query);
    }

    static Call call(LocalResilience engine, String service, HttpMethod method, URI uri, HttpHeaders headers) {
        Upstream upstream = engine.service(service);
        return upstream.call(
                method.name(),
                headers.getFirst(IDEMPOTENCY_KEY) != null,
                key(upstream.policy().balancing(), uri, headers::getFirst));
    }

    private static @Nullable String key(BalancingPolicy balancing, URI uri, Function<String, @Nullable String> header) {
        return switch (balancing.hashKey().source()) {
            case PATH -> uri.getRawPath();
            case HEADER -> header.apply(balancing.hashKey().name());
            case COOKIE -> cookie(balancing.hashKey().name(), header.apply(HttpHeaders.COOKIE));
        };
    }

    private static @Nullable String cookie(String name, @Nullable String cookies) {
        if (cookies == null) {
            return null;
        }
        for (String each : cookies.split(";")) {
            String pair = each.strip();
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }
}
