package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Failure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the many HTTP clients throw, as the policy's words. */
final class Failures {

    private Failures() {}

    static Failure of(Throwable thrown) {
        for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof HttpConnectTimeoutException) {
                return Failure.CONNECT_TIMEOUT;
            }
            if (each instanceof ConnectException
                    || each instanceof NoRouteToHostException
                    || each instanceof UnknownHostException
                    || each instanceof UnresolvedAddressException) {
                return Failure.CONNECT;
            }
            if (each instanceof HttpTimeoutException
                    || each instanceof SocketTimeoutException
                    || each instanceof TimeoutException) {
                return Failure.TIMEOUT;
            }
            if (each instanceof ProtocolException) {
                return Failure.PROTOCOL;
            }
            if (each instanceof SSLException) {
                return Failure.TLS;
            }
        }
        return Failure.RESET;
    }
}
