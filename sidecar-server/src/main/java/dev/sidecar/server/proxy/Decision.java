package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.RequestEdit;

/** What a {@link Router} wants done with a request: an {@link Answer}, a {@link Forward}, or a {@link Tunnel}. */
public sealed interface Decision permits Answer, Decision.Forward, Decision.Tunnel {

    /**
     * Send it to an upstream.
     *
     * @param route names the instances and judges the attempts
     * @param edit what changes in the head
     */
    record Forward(Route route, RequestEdit edit) implements Decision {}

    /**
     * Connect the client of a CONNECT request to what the route names, and pass bytes both ways.
     *
     * @param route names the one place to connect to
     */
    record Tunnel(Route route) implements Decision {}
}
