/**
 * The HTTP/1.1 data plane that the ambassador and the offload proxy are built on.
 *
 * <p>A {@link dev.sidecar.server.proxy.ProxyServer} accepts connections and asks a {@link
 * dev.sidecar.server.proxy.Router} for each request what is to be done: an {@link dev.sidecar.server.proxy.Answer} of
 * our own, or a {@link dev.sidecar.server.proxy.Route} that names one instance after the other until an attempt is
 * good enough. Everything of one connection, both sides, happens on one event loop and without locks; what implements
 * the seam is called there and must not block. Nothing of Netty is loaded before the first server is made.
 */
@NullMarked
package dev.sidecar.server.proxy;

import org.jspecify.annotations.NullMarked;
