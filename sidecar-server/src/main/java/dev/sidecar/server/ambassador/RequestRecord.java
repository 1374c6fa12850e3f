package dev.sidecar.server.ambassador;

import dev.sidecar.logging.Logs;
import dev.sidecar.server.ambassador.AmbassadorProperties.AccessLogProperties;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.record.AccessLog;
import dev.sidecar.server.proxy.record.RequestMeters;

/** What is kept of each request through the ambassador: counts, and a log record by the rules of the day. Thread-safe. */
final class RequestRecord implements ExchangeListener {

    private final RequestMeters meters;
    private final Logs logs;
    private volatile ExchangeListener now;

    RequestRecord(RequestMeters meters, Logs logs, AccessLogProperties rules) {
        this.meters = meters;
        this.logs = logs;
        this.now = by(rules);
    }

    /** These rules hold from now on. */
    void hold(AccessLogProperties rules) {
        now = by(rules);
    }

    private ExchangeListener by(AccessLogProperties rules) {
        return rules.enabled() ? meters.and(new AccessLog(logs, "dev.sidecar.ambassador", rules.rules())) : meters;
    }

    @Override
    public void completed(Exchange exchange) {
        now.completed(exchange);
    }

    @Override
    public void refused(Origin origin, FramingException why) {
        now.refused(origin, why);
    }
}
