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
 */
public record Target(String host, int port, @Nullable SslContext tls) {

    public static Target plain(String host, int port) {
        return new Target(host, port, null);
    }

    byte[] authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (name + ":" + port).getBytes(StandardCharsets.ISO_8859_1);
    }
}
