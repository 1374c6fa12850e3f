package dev.sidecar.server.proxy;

import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One instance of an upstream. Connections are pooled by identity of host, port and TLS context.
 *
 * @param host an address, or a name that is looked up at each connect
 * @param port 1 to 65535
 * @param tls how to speak TLS to it; null for plain text
 * @param http2 whether it speaks HTTP/2
 * @param serverName by which it is asked for and must show a certificate; null for its host
 */
public record Target(String host, int port, @Nullable SslContext tls, boolean http2, @Nullable String serverName) {

    /** One that speaks HTTP/1.1, and whose certificate is for its host. */
    public Target(String host, int port, @Nullable SslContext tls) {
        this(host, port, tls, false, null);
    }

    /** The same one, spoken to by HTTP/2: with TLS as ALPN agrees, without by prior knowledge. */
    public Target overHttp2() {
        return new Target(host, port, tls, true, serverName);
    }

    /** The same one, by another name. */
    public Target named(@Nullable String name) {
        return new Target(host, port, tls, http2, name);
    }

    public static Target plain(String host, int port) {
        return new Target(host, port, null);
    }

    String name() {
        return serverName == null ? host : serverName;
    }

    byte[] authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (name + ":" + port).getBytes(StandardCharsets.ISO_8859_1);
    }
}
