package dev.sidecar.client;

import java.net.URI;
import java.nio.file.Path;

/** Where a sidecar listens. */
public sealed interface Endpoint {

    /** A Unix socket, written {@code unix:/run/orders.sock}. */
    record Unix(Path path) implements Endpoint {}

    /** Loopback TCP, written {@code http://127.0.0.1:7300}. */
    record Tcp(String host, int port) implements Endpoint {}

    /** Throws {@link IllegalArgumentException} with a message that shows both forms. */
    static Endpoint parse(String text) {
        if (text.startsWith("unix:") && text.length() > "unix:".length()) {
            return new Unix(Path.of(text.substring("unix:".length()).replaceFirst("^//(?=/)", "")));
        }
        try {
            URI uri = URI.create(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return new Tcp(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what would have been right.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not an endpoint; write unix:/run/orders.sock or http://127.0.0.1:7300");
    }
}
