package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.server.listener.Listener;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** One application context serves all listeners; this keeps the API off the ops port and the actuator off the API. */
final class PathRule implements Rule {

    @Override
    public @Nullable Problem refuse(Listener listener, Request request) {
        String path = request.getDecodedRequestURI();
        boolean ofApi = path == null || isBelow(path, "/v1") || isBelow(path, "/hosts");
        if (ofApi == (listener != Listener.OPS)) {
            return null;
        }
        return Problem.of(
                404,
                "not-found",
                listener == Listener.OPS
                        ? "'" + path + "' is not here; the API is on its own port, see sidecar.api.port"
                        : "'" + path + "' is not here; the API begins at /v1, the actuator is on sidecar.ops.port");
    }

    private static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
