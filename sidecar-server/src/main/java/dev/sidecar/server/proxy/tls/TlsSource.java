package dev.sidecar.server.proxy.tls;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files of which a TLS context is made. */
public sealed interface TlsSource permits ServerTls, ClientTls {

    /** Those whose change makes a new context. */
    List<Path> files();

    /**
     * Reads them.
     *
     * @throws IOException with a message for people that names the file
     */
    SslContext load() throws IOException;
}
