package dev.sidecar.server.logging.spool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Takes OTLP and keeps, for each writer, its numbers in the order they came; numbers that come again are left out. */
final class LedgerCollector implements AutoCloseable {

    private final Map<String, List<Integer>> ledger = new LinkedHashMap<>();
    private final List<String> strange = new ArrayList<>();
    private final HttpServer server;

    LedgerCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
            ExportLogsServiceRequest.parseFrom(body)
                    .getResourceLogsList()
                    .forEach(resource -> resource.getScopeLogsList().forEach(scope -> scope.getLogRecordsList()
                            .forEach(record -> take(record.getBody().getStringValue()))));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private synchronized void take(String body) {
        if (body.matches("r[0-9]+w[0-9]+ [0-9]+")) {
            String[] words = body.split(" ");
            List<Integer> numbers = ledger.computeIfAbsent(words[0], writer -> new ArrayList<>());
            int number = Integer.parseInt(words[1]);
            if (numbers.isEmpty() || number > numbers.get(numbers.size() - 1)) {
                numbers.add(number);
            }
        } else if (!body.startsWith("the log ")) {
            strange.add(body);
        }
    }

    /** How many of the numbers from 0 on came, each after the one before it. */
    synchronized int inOrder(String writer) {
        List<Integer> numbers = ledger.getOrDefault(writer, List.of());
        int expected = 0;
        while (expected < numbers.size() && numbers.get(expected) == expected) {
            expected++;
        }
        return expected;
    }

    synchronized List<String> strange() {
        return List.copyOf(strange);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
