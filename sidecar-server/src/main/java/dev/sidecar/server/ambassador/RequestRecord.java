package dev.sidecar.server.ambassador;

import dev.sidecar.logging.Logs;
import dev.sidecar.server.ambassador.AmbassadorProperties.AccessLogProperties;
import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.record.AccessLog;
import dev.sidecar.server.proxy.record.RequestMeters;
import org.jspecify.annotations.Nullable;

/** What is kept of each request through the ambassador: counts, and a log record by the rules of the day. Thread-safe. */
final class RequestRecord implements ExchangeListener {

    private final RequestMeters meters;
    private final Logs logs;
    private volatile @Nullable AccessLog log;

    RequestRecord(RequestMeters meters, Logs logs, AccessLogProperties rules) {
        this.meters = meters;
        this.logs = logs;
        this.log = logBy(rules);
    }

    /** These rules hold from now on. */
    void hold(AccessLogProperties rules) {
        log = logBy(rules);
    }

    private @Nullable AccessLog logBy(AccessLogProperties rules) {
        return rules.enabled() ? new AccessLog(logs, "dev.sidecar.ambassador", rules.rules()) : null;
    }

    @Override
    public void completed(Exchange exchange) {
        meters.completed(exchange);
        AccessLog now = log;
        if (now != null) {
            now.completed(exchange);
        }
    }

    @Override
    public void refused(Origin origin, FramingException why) {
        meters.refused(origin, why);
        AccessLog now = log;
        if (now != null) {
            now.refused(origin, why);
        }
    }
}
