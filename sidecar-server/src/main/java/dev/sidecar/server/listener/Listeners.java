package dev.sidecar.server.listener;

import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.StartupProblem;
import dev.sidecar.server.api.ApiProperties;
import dev.sidecar.server.ops.OpsProperties;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three listeners. The URLs say the real ports once the web server has started. Thread-safe. */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private static final String PROTOCOL = "org.apache.coyote.http11.Http11NioProtocol";

    private final ApiProperties api;
    private final TcpAddress apiAddress;
    private final TcpAddress opsAddress;
    private final SocketFile socketFile;
    private volatile @Nullable Connector apiConnector;
    private final Connector socketConnector = new Connector(PROTOCOL);
    private final Connector opsConnector = new Connector(PROTOCOL);

    /**
     * Checks that each can be had.
     *
     * @throws StartupProblem naming the property that has to change
     */
    public Listeners(ApiProperties api, OpsProperties ops, AppProperties app, SidecarHome home) {
        this.api = api;
        apiAddress = TcpAddress.of("sidecar.api", api.address(), api.port());
        opsAddress = TcpAddress.of("sidecar.ops", ops.address(), ops.port());
        checkAddresses();
        socketFile = SocketFile.of(api.socket(), home, app.name()).prepared();
    }

    private void checkAddresses() {
        if (apiAddress.clashesWith(opsAddress)) {
            throw new StartupProblem(
                    "sidecar.ops.port: " + opsAddress.port() + " is sidecar.api.port too",
                    "Give the two different ports, or 0 for any free one.");
        }
        apiAddress.requireFree();
        opsAddress.requireFree();
        warnIfReachableByOthers(apiAddress);
        warnIfReachableByOthers(opsAddress);
    }

    private static void warnIfReachableByOthers(TcpAddress address) {
        if (!address.address().isLoopbackAddress()) {
            log.warn(
                    "{}.address {} can be reached from other machines; only the token protects it, without encryption",
                    address.prefix(),
                    address.address().getHostAddress());
        }
    }

    /** Such as {@code http://127.0.0.1:7300}. */
    public String apiUrl() {
        Connector connector = apiConnector;
        return apiAddress.url(connector == null ? -1 : connector.getLocalPort());
    }

    public Path socket() {
        return socketFile.path();
    }

    /** Such as {@code http://127.0.0.1:7301}. */
    public String opsUrl() {
        return opsAddress.url(opsConnector.getLocalPort());
    }

    /** What a TCP listener was told to bind. */
    public InetAddress address(Listener listener) {
        return listener == Listener.OPS ? opsAddress.address() : apiAddress.address();
    }

    /** Which one a request came in by. */
    public Listener of(Connector connector) {
        if (connector == socketConnector) {
            return Listener.SOCKET;
        }
        return connector == opsConnector ? Listener.OPS : Listener.API;
    }

    /** The web server brings its first connector itself; it becomes the API's. */
    void configureApi(Connector connector, Executor threads) {
        configure(connector, apiAddress, threads);
        apiConnector = connector;
    }

    Connector configureOps(Executor threads) {
        configure(opsConnector, opsAddress, threads);
        return opsConnector;
    }

    Connector configureSocket(Executor threads) {
        configure(socketConnector, threads);
        socketConnector.setProperty("unixDomainSocketPath", socketFile.path().toString());
        socketConnector.setProperty("unixDomainSocketPathPermissions", "rw-------");
        // The directory is the user's choice: /tmp is a fair one, since the socket's own mode protects it.
        socketConnector.setProperty("unixDomainSocketParentPermissions", "");
        return socketConnector;
    }

    private void configure(Connector connector, TcpAddress address, Executor threads) {
        configure(connector, threads);
        connector.setPort(address.port());
        ((AbstractProtocol<?>) connector.getProtocolHandler()).setAddress(address.address());
    }

    private void configure(Connector connector, Executor threads) {
        connector.getProtocolHandler().setExecutor(threads);
        connector.setThrowOnFailure(true);
        connector.setURIEncoding("UTF-8");
        // Controllers that wait say how long themselves.
        connector.setAsyncTimeout(-1);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setMaxKeepAliveRequests(-1);
            http.setTcpNoDelay(true);
            http.setMaxHttpHeaderSize((int) api.maxHeaderSize().toBytes());
            // A body that was refused is read to its end, so that the caller sees the answer and not a broken pipe.
            http.setMaxSwallowSize(64 * 1024 * 1024);
        }
    }
}
