package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Instance;
import dev.sidecar.server.proxy.Target;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How instances that want TLS are spoken to: certificate and host name are verified. Made when first needed. */
final class Tls {

    private final boolean http2;
    private @Nullable SslContext context;

    Tls() {
        this(false);
    }

    private Tls(boolean http2) {
        this.http2 = http2;
    }

    /** For instances that speak HTTP/2, with TLS or without. */
    static Tls http2() {
        return new Tls(true);
    }

    Target target(Instance instance) {
        Target target = new Target(instance.host(), instance.port(), instance.secure() ? context() : null);
        return http2 ? target.overHttp2() : target;
    }

    private synchronized SslContext context() {
        if (context == null) {
            try {
                SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
                if (http2) {
                    builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2));
                }
                context = builder.build();
            } catch (SSLException e) {
                throw new IllegalStateException("this virtual machine has no TLS", e);
            }
        }
        return context;
    }
}
