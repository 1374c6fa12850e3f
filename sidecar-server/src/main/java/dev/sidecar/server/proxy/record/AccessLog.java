package dev.sidecar.server.proxy.record;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import dev.sidecar.logging.Severity;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.Target;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/** One log record for each request: the path without its query, which may hold secrets, and never a header. */
public final class AccessLog implements ExchangeListener {

    private final Logs logs;
    private final String scope;

    /**
     * @param scope of the records, such as {@code dev.sidecar.ambassador}
     */
    public AccessLog(Logs logs, String scope) {
        this.logs = logs;
        this.scope = scope;
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
        String served = exchange.served();
        if (route != null || served != null) {
            attributes.put("sidecar.route", route != null ? route.name() : served);
        }
        attributes.put("client.address", exchange.origin().address());
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
                .scope(scope)
                .source("sidecar")
                .build());
    }

    @Override
    public void refused(Origin origin, FramingException why) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("client.address", origin.address());
        attributes.put("http.response.status_code", why.status());
        attributes.put("sidecar.reason", why.code());
        logs.log(LogRecord.builder()
                .severity(Severity.WARN)
                .body("refused " + why.status() + " " + why.code() + ": " + why.detail())
                .attributes(attributes)
                .scope(scope)
                .source("sidecar")
                .build());
    }

    private static double millis(long nanos) {
        return nanos / 1000 / 1000.0;
    }
}
