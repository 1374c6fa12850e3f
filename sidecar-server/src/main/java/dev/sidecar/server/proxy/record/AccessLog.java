package dev.sidecar.server.proxy.record;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import dev.sidecar.logging.RecordAttributes;
import dev.sidecar.logging.Severity;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.Target;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One log record for each request: the path without its query, which may hold secrets. */
public final class AccessLog implements ExchangeListener {

    private static final Pattern SECRET =
            Pattern.compile("authori[sz]ation|cookie|token|secret|passw|api-?key|credential|session");

    /** As many as most records have. */
    private static final int ATTRIBUTES = 20;

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
        RecordAttributes attributes = new RecordAttributes(ATTRIBUTES);
        String method = exchange.request().method();
        String path = exchange.request().path();
        attributes.add("http.request.method", method).add("url.path", path);
        attributes.add("http.response.status_code", exchange.status());
        String route = by != null ? by.name() : exchange.served();
        if (route != null) {
            attributes.add("sidecar.route", route);
        }
        attributes.add("client.address", exchange.origin().address());
        Target target = exchange.target();
        if (target != null) {
            attributes.add("server.address", target.host()).add("server.port", target.port());
        }
        attributes.add("sidecar.tries", exchange.attempts());
        String reason = exchange.reason();
        if (reason != null) {
            attributes.add("sidecar.reason", reason);
        }
        String denied = exchange.retryDenied();
        if (denied != null) {
            attributes.add("sidecar.retry_denied", denied);
        }
        headers(exchange, attributes);
        attributes.add("http.request.body.size", exchange.requestBytes());
        attributes.add("http.response.body.size", exchange.responseBytes());
        long total = exchange.endedAt() - exchange.startedAt();
        attributes.add("sidecar.duration_ms", millis(total));
        if (exchange.headAt() > 0) {
            attributes
                    .add("sidecar.duration_connect_ms", millis(exchange.connectedAt() - exchange.attemptAt()))
                    .add("sidecar.duration_head_ms", millis(exchange.headAt() - exchange.attemptAt()))
                    .add("sidecar.duration_content_ms", millis(exchange.endedAt() - exchange.headAt()))
                    .add("sidecar.connection_reused", exchange.reused());
        }
        if (exchange.requestSentAt() > 0) {
            attributes.add("sidecar.duration_send_ms", millis(exchange.requestSentAt() - exchange.connectedAt()));
        }
        String trace = exchange.trace().traceId();
        attributes.add(
                "http.request.id",
                exchange.trace().keepsRequestId() ? exchange.trace().requestId() : trace);
        StringBuilder body = new StringBuilder(method.length() + path.length() + 32);
        body.append(method).append(' ').append(path).append(' ').append(exchange.status());
        millis(total, body);
        if (reason != null) {
            body.append(' ').append(reason);
        }
        log(fault ? Severity.WARN : Severity.INFO, body.toString(), attributes, trace);
    }

    @Override
    public void refused(Origin origin, FramingException why) {
        RecordAttributes attributes = new RecordAttributes(3)
                .add("client.address", origin.address())
                .add("http.response.status_code", why.status())
                .add("sidecar.reason", why.code());
        log(Severity.WARN, "refused " + why.status() + " " + why.code() + ": " + why.detail(), attributes, null);
    }

    private void log(Severity severity, String body, RecordAttributes attributes, @Nullable String trace) {
        logs.log(LogRecord.builder()
                .severity(severity)
                .body(body)
                .attributes(attributes)
                .traceId(trace)
                .scope(scope)
                .source("sidecar")
                .build());
    }

    private static void millis(long nanos, StringBuilder out) {
        long micros = nanos / 1000;
        int fraction = (int) (micros % 1000);
        out.append(' ').append(micros / 1000).append('.');
        out.append(fraction / 100)
                .append(fraction / 10 % 10)
                .append(fraction % 10)
                .append("ms");
    }

    private void headers(Exchange exchange, RecordAttributes attributes) {
        for (String name : rules.headers()) {
            String value = exchange.request().fields().first(name);
            if (value != null) {
                String lower = name.toLowerCase(Locale.ROOT);
                boolean secret = SECRET.matcher(lower).find();
                attributes.add("http.request.header." + lower, secret ? "***" : value);
            }
        }
    }

    private static double millis(long nanos) {
        return nanos / 1000 / 1000.0;
    }
}
