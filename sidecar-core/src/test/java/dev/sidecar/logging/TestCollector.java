package dev.sidecar.logging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A real HTTP server that takes OTLP and answers as it is told. */
final class TestCollector implements AutoCloseable {

    /** What to do with a request that was read whole. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    record Taken(List<String> bodies, com.sun.net.httpserver.Headers headers, String path, long atNanos) {}

    final List<Taken> requests = new CopyOnWriteArrayList<>();
    volatile Behaviour behaviour = TestCollector::ok;
    private final HttpServer server;

    TestCollector() throws IOException {
        this(0);
    }

    TestCollector(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static void ok(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
    }

    static Behaviour status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
            List<String> bodies = new ArrayList<>();
            ExportLogsServiceRequest.parseFrom(body)
                    .getResourceLogsList()
                    .forEach(resource -> resource.getScopeLogsList().forEach(scope -> scope.getLogRecordsList()
                            .forEach(record -> bodies.add(record.getBody().getStringValue()))));
            requests.add(new Taken(
                    bodies,
                    exchange.getRequestHeaders(),
                    exchange.getRequestURI().getPath(),
                    System.nanoTime()));
            behaviour.answer(exchange);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> bodies() {
        return requests.stream().flatMap(request -> request.bodies().stream()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
