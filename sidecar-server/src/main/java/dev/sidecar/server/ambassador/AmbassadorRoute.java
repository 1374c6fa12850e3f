package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.http1.AmbiguousPath;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route takes and what it changes in them.
 *
 * @param prefix without a slash at the end; empty for every path
 * @param host in lower case, without port; null for any
 */
record AmbassadorRoute(
        String name, String prefix, boolean strip, @Nullable String host, RequestEdit edit, ResilientRoute route) {

    static AmbassadorRoute of(String name, RouteProperties properties, ResilientRoute route) {
        String property = "sidecar.ambassador.routes." + name;
        String host = properties.host();
        String said = properties.prefix() != null ? properties.prefix() : host != null ? "/" : "/" + name;
        if (!said.startsWith("/") || said.contains("?") || AmbiguousPath.is(said)) {
            throw new IllegalArgumentException(property + ".prefix: '" + said + "' is not a path such as /orders");
        }
        String prefix = said.endsWith("/") ? said.substring(0, said.length() - 1) : said;
        RequestEdit edit = RequestEdit.fields(properties.removeHeaders(), properties.setHeaders());
        return new AmbassadorRoute(
                name,
                prefix,
                properties.stripPrefix(),
                host == null ? null : host.toLowerCase(Locale.ROOT),
                host == null ? edit.targetsHost() : edit,
                route);
    }

    boolean takes(String path) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** The edit for one request, whose path this route takes. */
    RequestEdit edit(RequestHead request) {
        if (!strip || prefix.isEmpty()) {
            return edit;
        }
        String rest = request.target().substring(prefix.length());
        return edit.target(rest.startsWith("/") ? rest : "/" + rest);
    }
}
