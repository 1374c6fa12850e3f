package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Mirror;
import dev.sidecar.server.proxy.http1.AmbiguousPath;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route takes and what it changes in them.
 *
 * @param prefix without a slash at the end; empty for every path
 * @param rewrite what takes the prefix's place, without a slash at the end; null for the prefix itself
 * @param host in lower case, without port; null for any
 * @param matches header fields that must be there, {@code *} for any value
 * @param shares of other routes in what this one takes
 * @param mirror gets a copy; null for nobody
 */
record AmbassadorRoute(
        String name,
        String prefix,
        @Nullable String rewrite,
        @Nullable String host,
        Map<String, String> matches,
        RequestEdit edit,
        ResilientRoute route,
        Shares shares,
        @Nullable Mirror mirror) {

    static AmbassadorRoute of(String name, RouteProperties properties, ResilientRoute route) {
        String property = "sidecar.ambassador.routes." + name;
        String host = properties.host();
        String rewrite = rewrite(property, properties);
        RequestEdit edit = RequestEdit.fields(properties.removeHeaders(), properties.setHeaders());
        return new AmbassadorRoute(
                name,
                prefix(property, name, properties),
                rewrite,
                host == null ? null : host.toLowerCase(Locale.ROOT),
                Map.copyOf(properties.matchHeaders()),
                host == null ? edit.targetsHost() : edit,
                route,
                Shares.NONE,
                null);
    }

    /** Throws {@link IllegalArgumentException} for a path that is none. */
    static void checkPaths(String property, String name, RouteProperties properties) {
        prefix(property, name, properties);
        rewrite(property, properties);
    }

    private static String prefix(String property, String name, RouteProperties properties) {
        String usual = properties.host() != null ? "/" : "/" + name;
        return path(property + ".prefix", properties.prefix() != null ? properties.prefix() : usual);
    }

    private static @Nullable String rewrite(String property, RouteProperties properties) {
        String rewrite = properties.rewrite() != null ? properties.rewrite() : properties.stripPrefix() ? "/" : null;
        return rewrite == null ? null : path(property + ".rewrite", rewrite);
    }

    private static String path(String property, String said) {
        if (!said.startsWith("/") || said.contains("?") || AmbiguousPath.is(said)) {
            throw new IllegalArgumentException(property + ": '" + said + "' is not a path such as /orders");
        }
        return said.endsWith("/") ? said.substring(0, said.length() - 1) : said;
    }

    AmbassadorRoute with(Shares others, @Nullable Mirror copies) {
        return new AmbassadorRoute(name, prefix, rewrite, host, matches, edit, route, others, copies);
    }

    boolean takes(RequestHead request, String path) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')
                && matches(request);
    }

    private boolean matches(RequestHead request) {
        for (Map.Entry<String, String> match : matches.entrySet()) {
            String value = request.fields().first(match.getKey());
            if (value == null
                    || !(match.getValue().equals("*") || match.getValue().equals(value))) {
                return false;
            }
        }
        return true;
    }

    /** What is to be done with a request whose path this route takes. */
    Decision forward(RequestHead request) {
        if (rewrite == null || (prefix.isEmpty() && rewrite.isEmpty())) {
            return forwardAs(edit);
        }
        String rest = request.target().substring(prefix.length());
        String target = rewrite + rest;
        return forwardAs(edit.target(target.startsWith("/") ? target : "/" + target));
    }

    /** The same for one that is meant for this route whatever its path. */
    Decision forwardAs(RequestEdit changes) {
        return new Decision.Forward(shares.choose(route), changes, mirror);
    }
}
