package dev.sidecar.resilience;

import dev.sidecar.discovery.ServiceInstance;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can be called.
 *
 * @param id unique within the upstream
 * @param host a name or an address; IPv6 without brackets
 * @param zone null when it said none
 */
public record Instance(String id, String host, int port, boolean secure, @Nullable String zone) {

    static Instance of(ServiceInstance i) {
        return new Instance(
                i.instance(), i.address(), i.port(), i.secure(), i.metadata().get("zone"));
    }

    /** Of a fixed URL, whose path does not matter here. Throws {@link IllegalArgumentException} for one without a host. */
    public static Instance of(URI url) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        String host = url.getHost();
        if (host == null || !(secure || "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IllegalArgumentException("'" + url + "' is not a URL such as http://127.0.0.1:9000");
        }
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Instance(bare + ":" + port, bare, port, secure, null);
    }

    /** As in a URL: {@code host:port}, IPv6 in brackets. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
