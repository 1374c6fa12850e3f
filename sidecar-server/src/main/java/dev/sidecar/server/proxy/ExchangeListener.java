package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;

/** Told of every exchange that ended: for access logs and metrics. Called on event loops; must not block. */
@FunctionalInterface
public interface ExchangeListener {

    void completed(Exchange exchange);

    /** A client sent what is no request, and was answered so. */
    default void refused(Origin origin, FramingException why) {}
}
