package dev.sidecar.server.proxy.record;

import dev.sidecar.logging.AttributeKey;
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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One log record for each request: the path without its query, which may hold secrets. */
public final class AccessLog implements ExchangeListener {

    private static final Pattern SECRET =
            Pattern.compile("authori[sz]ation|cookie|token|secret|passw|api-?key|credential|session");

    /** As many as most records have. */
    private static final int ATTRIBUTES = 20;

    private static final AttributeKey METHOD = AttributeKey.of("http.request.method");
    private static final AttributeKey PATH = AttributeKey.of("url.path");
    private static final AttributeKey STATUS = AttributeKey.of("http.response.status_code");
    private static final AttributeKey ROUTE = AttributeKey.of("sidecar.route");
    private static final AttributeKey CLIENT = AttributeKey.of("client.address");
    private static final AttributeKey SERVER_ADDRESS = AttributeKey.of("server.address");
    private static final AttributeKey SERVER_PORT = AttributeKey.of("server.port");
    private static final AttributeKey TRIES = AttributeKey.of("sidecar.tries");
    private static final AttributeKey REASON = AttributeKey.of("sidecar.reason");
    private static final AttributeKey RETRY_DENIED = AttributeKey.of("sidecar.retry_denied");
    private static final AttributeKey REQUEST_SIZE = AttributeKey.of("http.request.body.size");
    private static final AttributeKey RESPONSE_SIZE = AttributeKey.of("http.response.body.size");
    private static final AttributeKey DURATION_MS = AttributeKey.of("sidecar.duration_ms");
    private static final AttributeKey DURATION_CONNECT_MS = AttributeKey.of("sidecar.duration_connect_ms");
    private static final AttributeKey DURATION_HEAD_MS = AttributeKey.of("sidecar.duration_head_ms");
    private static final AttributeKey DURATION_CONTENT_MS = AttributeKey.of("sidecar.duration_content_ms");
    private static final AttributeKey REUSED = AttributeKey.of("sidecar.connection_reused");
    private static final AttributeKey DURATION_SEND_MS = AttributeKey.of("sidecar.duration_send_ms");
    private static final AttributeKey REQUEST_ID = AttributeKey.of("http.request.id");

    private final Logs logs;
    private final String scope;
    private final AccessLogRules rules;
    private final List<Header> headers;

    /** A header field that is recorded. */
    private record Header(String name, AttributeKey key, boolean secret) {

        static Header of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return new Header(
                    name,
                    AttributeKey.of("http.request.header." + lower),
                    SECRET.matcher(lower).find());
        }
    }

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
        this.headers = rules.headers().stream().map(Header::of).toList();
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
        attributes.add(METHOD, method).add(PATH, path);
        attributes.add(STATUS, exchange.status());
        String route = by != null ? by.name() : exchange.served();
        if (route != null) {
            attributes.add(ROUTE, route);
        }
        attributes.add(CLIENT, exchange.origin().address());
        Target target = exchange.target();
        if (target != null) {
            attributes.add(SERVER_ADDRESS, target.host()).add(SERVER_PORT, target.port());
        }
        attributes.add(TRIES, exchange.attempts());
        String reason = exchange.reason();
        if (reason != null) {
            attributes.add(REASON, reason);
        }
        String denied = exchange.retryDenied();
        if (denied != null) {
            attributes.add(RETRY_DENIED, denied);
        }
        headers(exchange, attributes);
        attributes.add(REQUEST_SIZE, exchange.requestBytes());
        attributes.add(RESPONSE_SIZE, exchange.responseBytes());
        long total = exchange.endedAt() - exchange.startedAt();
        attributes.add(DURATION_MS, millis(total));
        if (exchange.headAt() > 0) {
            attributes
                    .add(DURATION_CONNECT_MS, millis(exchange.connectedAt() - exchange.attemptAt()))
                    .add(DURATION_HEAD_MS, millis(exchange.headAt() - exchange.attemptAt()))
                    .add(DURATION_CONTENT_MS, millis(exchange.endedAt() - exchange.headAt()))
                    .add(REUSED, exchange.reused());
        }
        if (exchange.requestSentAt() > 0) {
            // Content that was there before the connection was took no time of its own.
            attributes.add(DURATION_SEND_MS, millis(Math.max(0, exchange.requestSentAt() - exchange.connectedAt())));
        }
        String trace = exchange.trace().traceId();
        attributes.add(
                REQUEST_ID, exchange.trace().keepsRequestId() ? exchange.trace().requestId() : trace);
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
                .add(CLIENT, origin.address())
                .add(STATUS, why.status())
                .add(REASON, why.code());
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
        for (Header header : headers) {
            String value = exchange.request().fields().first(header.name);
            if (value != null) {
                attributes.add(header.key, header.secret ? "***" : value);
            }
        }
    }

    private static double millis(long nanos) {
        return nanos / 1000 / 1000.0;
    }
}
