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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** One log record for each request: the path without its query, which may hold secrets. */
public final class AccessLog implements ExchangeListener {

    private static final Pattern SECRET =
            Pattern.compile("authori[sz]ation|cookie|token|secret|passw|api-?key|credential|session");

    private final Logs logs;
    private final String scope;
    private final AccessLogRules rules;

    /**
     * @param scope of the records, such as {@code dev.sidecar.ambassador}
     */
    public AccessLog(Logs logs, String scope) {
        this(logs, scope, AccessLogRules.ALL);
    }

    /**
     * @param scope of the records, such as {@code dev.sidecar.ambassador}
     * @param rules which requests are recorded
     */
    public AccessLog(Logs logs, String scope, AccessLogRules rules) {
        this.logs = logs;
        this.scope = scope;
        this.rules = rules;
    }

    @Override
    public void completed(Exchange exchange) {
        Route by = exchange.route();
        boolean fault = exchange.status() >= 500 || exchange.reason() != null;
        if (!fault && !rules.takes(exchange, by == null ? "" : by.name())) {
            return;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        String method = exchange.request().method();
        String path = exchange.request().path();
        attributes.put("http.request.method", method);
        attributes.put("url.path", path);
        attributes.put("http.response.status_code", exchange.status());
        Route route = by;
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
        if (exchange.retryDenied() != null) {
            attributes.put("sidecar.retry_denied", exchange.retryDenied());
        }
        headers(exchange, attributes);
        attributes.put("http.request.body.size", exchange.requestBytes());
        attributes.put("http.response.body.size", exchange.responseBytes());
        long total = exchange.endedAt() - exchange.startedAt();
        attributes.put("sidecar.duration_ms", millis(total));
        if (exchange.headAt() > 0) {
            attributes.put("sidecar.duration_connect_ms", millis(exchange.connectedAt() - exchange.attemptAt()));
            attributes.put("sidecar.duration_head_ms", millis(exchange.headAt() - exchange.attemptAt()));
            attributes.put("sidecar.duration_content_ms", millis(exchange.endedAt() - exchange.headAt()));
            attributes.put("sidecar.connection_reused", exchange.reused());
        }
        if (exchange.requestSentAt() > 0) {
            attributes.put("sidecar.duration_send_ms", millis(exchange.requestSentAt() - exchange.connectedAt()));
        }
        attributes.put("http.request.id", exchange.trace().requestId());
        logs.log(LogRecord.builder()
                .severity(fault ? Severity.WARN : Severity.INFO)
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

    private void headers(Exchange exchange, Map<String, Object> attributes) {
        for (String name : rules.headers()) {
            String value = exchange.request().fields().first(name);
            if (value != null) {
                String lower = name.toLowerCase(Locale.ROOT);
                boolean secret = SECRET.matcher(lower).find();
                attributes.put("http.request.header." + lower, secret ? "***" : value);
            }
        }
    }

    private static double millis(long nanos) {
        return nanos / 1000 / 1000.0;
    }
}
