package dev.sidecar.logging.otlp;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a collector is: {@code http://…}, {@code https://…} or {@code unix:/path/of/socket}. To a URL that does not
 * end in {@code /v1/logs}, that is appended.
 *
 * @param url of the request; with a socket only its path matters
 * @param socket null for TCP
 */
public record OtlpEndpoint(URI url, @Nullable Path socket) {

    private static final String PATH = "/v1/logs";
    private static final String PROPERTY = "sidecar.logging.otlp.endpoint";

    /** Throws {@link IllegalArgumentException} that names the property. */
    public static OtlpEndpoint parse(String text) {
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length()).replaceFirst("^/{2,}", "/");
            if (!path.startsWith("/")) {
                throw refused(text);
            }
            return new OtlpEndpoint(URI.create("http://localhost" + PATH), Path.of(path));
        }
        try {
            URI uri = new URI(text.trim());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
                throw refused(text);
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        PROPERTY + ": a user and password do not belong there; give sidecar.logging.otlp.headers");
            }
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
            String full = path.endsWith(PATH) ? path : path + PATH;
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new OtlpEndpoint(new URI(scheme + "://" + uri.getRawAuthority() + full + query), null);
        } catch (URISyntaxException e) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(PROPERTY + ": '" + text
                + "' is not an endpoint; give http://host:4318, https://host:4318 or unix:/path/of/socket");
    }

    /** Without a query, which may hold a key. */
    @Override
    public String toString() {
        return socket != null ? "unix:" + socket : url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
