package dev.sidecar.server.offload;

import dev.sidecar.server.proxy.Pick;
import dev.sidecar.server.proxy.Target;
import dev.sidecar.server.proxy.tls.ClientTls;
import dev.sidecar.server.proxy.tls.ClientTlsProperties;
import dev.sidecar.server.proxy.tls.ReloadedTls;
import dev.sidecar.server.proxy.tls.TlsReloading;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the application is and how it is spoken to. Thread-safe. */
final class AppTarget implements AutoCloseable {

    private final Target plain;
    private final @Nullable ReloadedTls tls;
    private final @Nullable String serverName;
    private volatile Pick.Instance present;

    private AppTarget(Target plain, @Nullable ReloadedTls tls, @Nullable String serverName) {
        this.plain = plain;
        this.tls = tls;
        this.serverName = serverName;
        this.present = new Pick.Instance(target(tls == null ? null : tls.get()));
    }

    /**
     * @param app such as {@code http://127.0.0.1:3000}
     * @param how it is spoken to where its URL begins with https; null for the usual way
     * @param http2 whether it speaks HTTP/2
     * @throws IllegalArgumentException when it is not a URL of an application
     * @throws IOException when a file of TLS cannot be used
     */
    static AppTarget of(URI app, @Nullable ClientTlsProperties how, boolean http2, TlsReloading reloading)
            throws IOException {
        boolean secure = check(app, how);
        String host = app.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = app.getPort() >= 0 ? app.getPort() : secure ? 443 : 80;
        Target plain = Target.plain(bare, port);
        return new AppTarget(
                http2 ? plain.overHttp2() : plain,
                secure ? tls(how, http2, reloading) : null,
                how == null ? null : how.serverName());
    }

    /** Returns whether it is spoken to by TLS; throws {@link IllegalArgumentException} for what is no application. */
    static boolean check(URI app, @Nullable ClientTlsProperties how) {
        boolean secure = "https".equals(app.getScheme());
        String path = app.getRawPath();
        boolean origin = path == null || path.isEmpty() || path.equals("/");
        if (!(secure || "http".equals(app.getScheme()))
                || app.getHost() == null
                || !origin
                || app.getRawQuery() != null
                || app.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "app: '" + app + "' is not a URL such as http://127.0.0.1:3000 or https://127.0.0.1:3443");
        }
        if (how != null && !secure) {
            throw new IllegalArgumentException(
                    "app-tls is for an application whose URL begins with https; app is '" + app + "'");
        }
        return secure;
    }

    private static ReloadedTls tls(@Nullable ClientTlsProperties how, boolean http2, TlsReloading reloading)
            throws IOException {
        ClientTls source = how == null ? ClientTls.DEFAULT : how.tls("app-tls");
        try {
            return ReloadedTls.of("sidecar.offload.app-tls", http2 ? source.overHttp2() : source, reloading);
        } catch (IOException e) {
            throw new IOException("app-tls: " + e.getMessage(), e);
        }
    }

    private Target target(@Nullable SslContext context) {
        Target target = new Target(plain.host(), plain.port(), context).named(serverName);
        return plain.http2() ? target.overHttp2() : target;
    }

    Pick pick() {
        Pick.Instance last = present;
        SslContext now = tls == null ? null : tls.get();
        if (last.target().tls() != now) {
            last = new Pick.Instance(target(now));
            present = last;
        }
        return last;
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.close();
        }
    }
}
