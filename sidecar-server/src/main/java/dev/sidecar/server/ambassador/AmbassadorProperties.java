package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Percent;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.server.PortNumber;
import dev.sidecar.server.StartupProblem;
import dev.sidecar.server.proxy.record.AccessLogRules;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.ambassador.*}.
 *
 * @param port Where the application finds its neighbours; off when not given, 0 for any.
 * @param address What it listens on.
 * @param routes Whom the application can call, by name.
 * @param hosts Where the application may go with http_proxy: host names, each with a port where it is not 80 or 443.
 * @param accessLog Whether each request is one log record.
 */
@ConfigurationProperties("sidecar.ambassador")
public record AmbassadorProperties(
        @Nullable Integer port,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue Map<String, RouteProperties> routes,
        @DefaultValue List<String> hosts,
        @DefaultValue AccessLogProperties accessLog) {

    /** A token of RFC 9110 section 5.6.2. */
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    public AmbassadorProperties {
        PortNumber.requireListening("sidecar.ambassador.port", port);
    }

    /**
     * Looks at every route without making any.
     *
     * @param policies of what a route does not say
     * @throws IllegalArgumentException naming the property
     */
    public void check(ResilienceOptions policies) {
        routes.forEach((name, route) -> route.check("sidecar.ambassador.routes." + name, name, policies));
    }

    /**
     * {@code access-log.*}.
     *
     * @param enabled Whether each request is one log record.
     * @param sample Share of the requests that did not fail; those that did are always recorded.
     * @param samples The same by route.
     * @param headers Header fields of the request that are recorded; what may be a secret only as ***.
     */
    public record AccessLogProperties(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("100%") Percent sample,
            @DefaultValue Map<String, Percent> samples,
            @DefaultValue List<String> headers) {

        public AccessLogProperties {
            for (String header : headers) {
                if (!FIELD_NAME.matcher(header).matches()) {
                    throw new StartupProblem(
                            "sidecar.ambassador.access-log.headers: '" + header + "' is not the name of a header field",
                            "Give a name such as X-Tenant.");
                }
            }
        }

        AccessLogRules rules() {
            return new AccessLogRules(sample, samples, headers);
        }
    }
}
