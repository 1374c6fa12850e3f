package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Instance;
import dev.sidecar.server.proxy.Target;
import dev.sidecar.server.proxy.tls.ClientTls;
import dev.sidecar.server.proxy.tls.ClientTlsProperties;
import dev.sidecar.server.proxy.tls.ReloadedTls;
import dev.sidecar.server.proxy.tls.TlsReloading;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How instances that want TLS are spoken to: certificate and host name are verified unless a route says otherwise. */
final class Tls {

    private final TlsReloading reloading;
    private final String property;
    private final ClientTls source;
    private final @Nullable String serverName;
    private @Nullable ReloadedTls context;

    /** As most instances are; nothing is read before the first of them wants it. */
    Tls() {
        this(ClientTls.DEFAULT);
    }

    private Tls(ClientTls source) {
        this.reloading = new TlsReloading();
        this.property = "sidecar.ambassador";
        this.source = source;
        this.serverName = null;
    }

    /** For instances that speak HTTP/2, with TLS or without. */
    static Tls http2() {
        return new Tls(ClientTls.DEFAULT.overHttp2());
    }

    /**
     * As a route wants it, read at once.
     *
     * @throws IOException when a file cannot be used
     */
    Tls(TlsReloading reloading, String property, ClientTlsProperties properties, boolean http2) throws IOException {
        ClientTls plain = properties.tls(property);
        this.reloading = reloading;
        this.property = property;
        this.source = http2 ? plain.overHttp2() : plain;
        this.serverName = properties.serverName();
        this.context = ReloadedTls.of(property, source, reloading);
    }

    Target target(Instance instance) {
        Target target = instance.secure()
                ? new Target(instance.host(), instance.port(), context().get()).named(serverName)
                : new Target(instance.host(), instance.port(), null);
        return source.http2() ? target.overHttp2() : target;
    }

    private synchronized ReloadedTls context() {
        ReloadedTls made = context;
        if (made == null) {
            try {
                made = ReloadedTls.of(property, source, reloading);
            } catch (IOException e) {
                throw new UncheckedIOException("this virtual machine has no TLS", e);
            }
            context = made;
        }
        return made;
    }

    /** Looks at no file any longer. */
    synchronized void close() {
        if (context != null) {
            context.close();
        }
    }
}
