package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Instance;
import dev.sidecar.server.proxy.Target;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How instances that want TLS are spoken to: certificate and host name are verified. Made when first needed. */
final class Tls {

    private @Nullable SslContext context;

    Target target(Instance instance) {
        return new Target(instance.host(), instance.port(), instance.secure() ? context() : null);
    }

    private synchronized SslContext context() {
        if (context == null) {
            try {
                context = SslContextBuilder.forClient()
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
            } catch (SSLException e) {
                throw new IllegalStateException("this virtual machine has no TLS", e);
            }
        }
        return context;
    }
}
