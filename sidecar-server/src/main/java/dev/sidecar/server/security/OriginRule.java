package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.server.listener.Listener;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** What a page of another site has a browser ask is refused; this process is for programs and its own page. */
final class OriginRule implements Rule {

    private final List<String> configured;

    OriginRule(List<String> configured) {
        this.configured = configured.stream()
                .map(host -> AllowedHosts.withoutPort(host.trim()).toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public @Nullable Problem refuse(Listener listener, Request request) {
        String origin = request.getHeader("Origin");
        if (origin != null ? isOurs(origin, request.getHeader("Host")) : !isCrossSite(listener, request)) {
            return null;
        }
        return Problem.of(
                403,
                "origin-not-allowed",
                (origin == null ? "Sec-Fetch-Site: 'cross-site'" : "Origin: '" + origin + "'")
                        + " is another site, and other sites may not ask this sidecar through a browser;"
                        + " add its host to sidecar.api.hosts if it should");
    }

    private boolean isOurs(String origin, @Nullable String host) {
        String authority = origin.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT);
        return (host != null && authority.equals(host.toLowerCase(Locale.ROOT)))
                || configured.contains(AllowedHosts.withoutPort(authority));
    }

    /** A link to the page from elsewhere is followed; it shows nothing without the token. */
    private static boolean isCrossSite(Listener listener, Request request) {
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && !(listener == Listener.OPS
                        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                        && "/".equals(request.getRequestURI()));
    }
}
