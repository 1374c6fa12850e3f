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
 */
public record Target(String host, int port, @Nullable SslContext tls, boolean http2) {

    /** One that speaks HTTP/1.1. */
    public Target(String host, int port, @Nullable SslContext tls) {
        this(host, port, tls, false);
    }

    /** The same one, spoken to by HTTP/2: with TLS as ALPN agrees, without by prior knowledge. */
    public Target overHttp2() {
        return new Target(host, port, tls, true);
    }

    public static Target plain(String host, int port) {
        return new Target(host, port, null);
    }

    byte[] authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (name + ":" + port).getBytes(StandardCharsets.ISO_8859_1);
    }
}
