package dev.sidecar.server.proxy.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;

/** How the two sides agree on a version of HTTP while they agree on TLS (RFC 7301). */
final class Alpn {

    private Alpn() {}

    /** Those protocols, the one liked most first; a side that knows none of them speaks what it always spoke. */
    static ApplicationProtocolConfig offering(String... protocols) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }
}
