package dev.sidecar.tck.health;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Something to be checked: answers {@code /} with a status of the test's choice, and {@code /auth} by its header. */
final class Target implements AutoCloseable {

    private final AtomicInteger status = new AtomicInteger(200);
    private final HttpServer server;

    Target() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.createContext("/auth", exchange -> {
            boolean known = "let me in".equals(exchange.getRequestHeaders().getFirst("X-Word"));
            exchange.sendResponseHeaders(known ? 204 : 403, -1);
            exchange.close();
        });
        server.start();
    }

    void answer(int value) {
        status.set(value);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String path) {
        return "http://" + address() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
