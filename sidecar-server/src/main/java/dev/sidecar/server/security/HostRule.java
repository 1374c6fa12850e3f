package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.server.listener.Listener;
import dev.sidecar.server.listener.Listeners;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * A page in a browser can have its own name resolve to 127.0.0.1 and then speak to this process as if it were its
 * own server (DNS rebinding). It cannot change the {@code Host} header, so a name that is not ours is refused.
 */
final class HostRule implements Rule {

    private final AllowedHosts allowed;
    private final Listeners listeners;

    HostRule(List<String> configured, Listeners listeners) {
        this.allowed = new AllowedHosts(configured);
        this.listeners = listeners;
    }

    @Override
    public @Nullable Problem refuse(Listener listener, Request request) {
        if (listener == Listener.SOCKET) {
            return null;
        }
        String header = request.getHeader("Host");
        String host = header == null ? "" : AllowedHosts.withoutPort(header).toLowerCase(Locale.ROOT);
        InetAddress bound = listeners.address(listener);
        if (allowed.contains(host) || (!bound.isLoopbackAddress() && AllowedHosts.isAddress(host))) {
            return null;
        }
        return Problem.of(
                403,
                "host-not-allowed",
                "Host: '" + (header == null ? "" : header)
                        + "' is not a name of this sidecar; call it as 127.0.0.1 or localhost,"
                        + " or add the name to sidecar.api.hosts");
    }
}
