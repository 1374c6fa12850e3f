package dev.sidecar.server.ambassador;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import dev.sidecar.logging.Severity;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/** One log record for each request: the path without its query, which may hold secrets, and never a header. */
final class AccessLog implements ExchangeListener {

    private final Logs logs;

    AccessLog(Logs logs) {
        this.logs = logs;
    }

    @Override
    public void completed(Exchange exchange) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        String method = exchange.request().method();
        String path = exchange.request().path();
        attributes.put("http.request.method", method);
        attributes.put("url.path", path);
        attributes.put("http.response.status_code", exchange.status());
        Route route = exchange.route();
        if (route != null) {
            attributes.put("sidecar.route", route.name());
        }
        Target target = exchange.target();
        if (target != null) {
            attributes.put("server.address", target.host());
            attributes.put("server.port", target.port());
        }
        attributes.put("sidecar.tries", exchange.attempts());
        String reason = exchange.reason();
        if (reason != null) {
            attributes.put("sidecar.reason", reason);
        }
        attributes.put("http.request.body.size", exchange.requestBytes());
        attributes.put("http.response.body.size", exchange.responseBytes());
        long total = exchange.endedAt() - exchange.startedAt();
        attributes.put("sidecar.duration_ms", millis(total));
        if (exchange.headAt() > 0) {
            attributes.put("sidecar.duration_connect_ms", millis(exchange.connectedAt() - exchange.attemptAt()));
            attributes.put("sidecar.duration_head_ms", millis(exchange.headAt() - exchange.attemptAt()));
        }
        attributes.put("http.request.id", exchange.trace().requestId());
        boolean failed = exchange.status() >= 500 || reason != null;
        logs.log(LogRecord.builder()
                .severity(failed ? Severity.WARN : Severity.INFO)
                .body(method + " " + path + " " + exchange.status() + " " + millis(total) + "ms"
                        + (reason == null ? "" : " " + reason))
                .attributes(attributes)
                .traceId(exchange.trace().traceId())
                .scope("dev.sidecar.ambassador")
                .source("sidecar")
                .build());
    }

    private static double millis(long nanos) {
        return nanos / 1000 / 1000.0;
    }
}
