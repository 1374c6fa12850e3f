package dev.sidecar.server.edge;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.Sidecar;
import dev.sidecar.discovery.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Instances of a service: tiny servers that answer with their names, registered with a sidecar. */
final class Backends implements AutoCloseable {

    private final Sidecar sidecar;
    private final String service;
    private final Map<String, HttpServer> running = new TreeMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Backends(Sidecar sidecar, String service) {
        this.sidecar = sidecar;
        this.service = service;
    }

    /** Starts one and registers it. */
    int add(String name) {
        HttpServer server = running.computeIfAbsent(name, this::start);
        register(name, "127.0.0.1", server.getAddress().getPort(), Map.of());
        return server.getAddress().getPort();
    }

    private HttpServer start(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.setExecutor(threads);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void register(String name, String address, int port, Map<String, String> metadata) {
        sidecar.discovery().register(registration(name, address, port, metadata));
    }

    private Registration registration(String name, String address, int port, Map<String, String> metadata) {
        return new Registration(service, name, address, port, false, metadata, Duration.ofMinutes(10), true);
    }

    /** Withdraws it; it goes on answering those who still come. */
    void withdraw(String name) {
        sidecar.discovery().deregister(service, name);
    }

    /** Stops it without a word to anybody, as a crash would. */
    void kill(String name) {
        running.remove(name).stop(0);
    }

    @Override
    public void close() {
        running.keySet().forEach(this::withdraw);
        running.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
