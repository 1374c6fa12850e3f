package dev.sidecar.server.proxy.tls;

import dev.sidecar.server.proxy.tls.KeyPairFiles.Loaded;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken to clients: 1.2 and 1.3, with forward secrecy and authenticated encryption only, and HTTP/2 with
 * those who ask for it.
 *
 * @param pairs at least one; chosen by the name that the client asks for, the first where none fits
 * @param clientCa certificates by which those of clients must be issued; null when clients need none
 * @param required whether a client without a certificate is turned away
 */
public record ServerTls(List<KeyPairFiles> pairs, @Nullable Path clientCa, boolean required) implements TlsSource {

    static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    @Override
    public List<Path> files() {
        return Stream.concat(
                        pairs.stream().flatMap(pair -> Stream.of(pair.certificate(), pair.key())),
                        clientCa == null ? Stream.empty() : Stream.of(clientCa))
                .toList();
    }

    @Override
    public SslContext load() throws IOException {
        List<Loaded> loaded = new ArrayList<>();
        for (KeyPairFiles pair : pairs) {
            loaded.add(pair.load());
        }
        SslContextBuilder builder = SslContextBuilder.forServer(new NamedKeys(loaded))
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(
                        Alpn.offering(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1));
        if (clientCa != null) {
            builder.trustManager(KeyPairFiles.certificates(clientCa).toArray(X509Certificate[]::new))
                    .clientAuth(required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
        }
        return builder.build();
    }
}
