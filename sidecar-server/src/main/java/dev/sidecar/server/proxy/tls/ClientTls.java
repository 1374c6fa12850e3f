package dev.sidecar.server.proxy.tls;

import dev.sidecar.server.proxy.tls.KeyPairFiles.Loaded;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken to upstreams. The certificate and the name in it are verified unless that is turned off.
 *
 * @param ca certificates by which those of upstreams must be issued; null for those the virtual machine trusts
 * @param pair what is shown to an upstream that wants a certificate; null for none
 * @param verify whether the upstream must be who it should be
 * @param http2 whether HTTP/2 is asked for (ALPN)
 */
public record ClientTls(@Nullable Path ca, @Nullable KeyPairFiles pair, boolean verify, boolean http2)
        implements TlsSource {

    /** Verified by what the virtual machine trusts. */
    public static final ClientTls DEFAULT = new ClientTls(null, null, true, false);

    /** The same for HTTP/2. */
    public ClientTls overHttp2() {
        return new ClientTls(ca, pair, verify, true);
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (ca != null) {
            files.add(ca);
        }
        if (pair != null) {
            files.add(pair.certificate());
            files.add(pair.key());
        }
        return files;
    }

    @Override
    public SslContext load() throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(ServerTls.PROTOCOLS)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .endpointIdentificationAlgorithm(verify ? "HTTPS" : null);
        if (http2) {
            builder.applicationProtocolConfig(Alpn.offering(ApplicationProtocolNames.HTTP_2));
        }
        if (!verify) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (ca != null) {
            builder.trustManager(KeyPairFiles.certificates(ca).toArray(X509Certificate[]::new));
        }
        if (pair != null) {
            Loaded loaded = pair.load();
            builder.keyManager(new NamedKeys(List.of(loaded)));
        }
        return builder.build();
    }
}
