package dev.sidecar.server.ambassador;

import dev.sidecar.autoconfigure.resilience.PolicyProperties;
import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.Percent;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.server.proxy.tls.ClientTlsProperties;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.ambassador.routes.<route>.*}: whom it leads to, what it takes, and everything of a policy that is not
 * as in {@code sidecar.resilience.defaults}.
 *
 * @param service The service in discovery; or give urls.
 * @param urls Fixed addresses, such as http://127.0.0.1:9000.
 * @param prefix Path that it takes; the route's name by default.
 * @param stripPrefix Whether the upstream gets the path without it.
 * @param host Only requests for this Host.
 * @param http2 Whether the instances speak HTTP/2: with TLS as ALPN agrees, else by prior knowledge.
 * @param matchHeaders Only requests with these header fields; * for any value. Such a route comes before one without.
 * @param rewrite Path that takes the prefix's place.
 * @param weights Other routes that get a share of what this one takes, such as 5%.
 * @param mirror Another route that gets a copy of each request; its answers go nowhere.
 * @param setHeaders Header fields that replace what the application sent.
 * @param removeHeaders Header fields that are not passed on.
 * @param tls How its instances are spoken to where they want TLS.
 * @param timeout As in resilience.
 * @param tryTimeout As in resilience.
 * @param connectTimeout As in resilience.
 * @param retries As in resilience.
 * @param hedging As in resilience.
 * @param circuitBreaker As in resilience.
 * @param outlierEjection As in resilience.
 * @param concurrencyLimit As in resilience.
 * @param rateLimit As in resilience.
 * @param bulkhead As in resilience.
 * @param balancing As in resilience.
 */
public record RouteProperties(
        @Nullable String service,
        @DefaultValue List<URI> urls,
        @Nullable String prefix,
        @DefaultValue("true") boolean stripPrefix,
        @Nullable String host,
        @DefaultValue("false") boolean http2,
        @DefaultValue Map<String, String> matchHeaders,
        @Nullable String rewrite,
        @DefaultValue Map<String, Percent> weights,
        @Nullable String mirror,
        @DefaultValue Map<String, String> setHeaders,
        @DefaultValue List<String> removeHeaders,
        @NestedConfigurationProperty @Nullable ClientTlsProperties tls,
        @Nullable Duration timeout,
        @Nullable Duration tryTimeout,
        @Nullable Duration connectTimeout,
        PolicyProperties.@Nullable Retries retries,
        PolicyProperties.@Nullable Hedging hedging,
        PolicyProperties.@Nullable CircuitBreaker circuitBreaker,
        PolicyProperties.@Nullable OutlierEjection outlierEjection,
        PolicyProperties.@Nullable ConcurrencyLimit concurrencyLimit,
        PolicyProperties.@Nullable RateLimit rateLimit,
        PolicyProperties.@Nullable Bulkhead bulkhead,
        PolicyProperties.@Nullable Balancing balancing) {

    /** Throws {@link IllegalArgumentException} that names the property. */
    void check(String property, String name, ResilienceOptions policies) {
        policy(policies).checked(property);
        checkTarget(property);
        AmbassadorRoute.checkPaths(property, name, this);
        if (tls != null) {
            tls.tls(property + ".tls");
        }
    }

    /** Throws {@link IllegalArgumentException} where it leads nowhere. */
    void checkTarget(String property) {
        if ((service == null) == urls.isEmpty()) {
            throw new IllegalArgumentException(property + " needs either 'service' or 'urls'");
        }
        try {
            urls.forEach(Instance::of);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + ".urls: " + e.getMessage(), e);
        }
    }

    /** The whole of it: what the route does not say is as for its service, or as in the defaults. */
    ResiliencePolicy policy(ResilienceOptions policies) {
        return own().over(service == null ? policies.defaults() : policies.policy(service));
    }

    private PolicyProperties own() {
        return new PolicyProperties(
                timeout,
                tryTimeout,
                connectTimeout,
                retries,
                hedging,
                circuitBreaker,
                outlierEjection,
                concurrencyLimit,
                rateLimit,
                bulkhead,
                balancing);
    }
}
