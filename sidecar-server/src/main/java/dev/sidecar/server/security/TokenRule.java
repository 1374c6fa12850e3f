package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.server.listener.Listener;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** {@code Authorization: Bearer <token>} (RFC 6750), compared in constant time. Probes and the page's shell are open. */
final class TokenRule implements Rule {

    private static final Set<String> OPEN_API = Set.of("/v1/health/live", "/v1/health/ready");

    private static final String SCHEME = "Bearer ";

    private final ApiToken token;

    TokenRule(ApiToken token) {
        this.token = token;
    }

    @Override
    public @Nullable Problem refuse(Listener listener, Request request) {
        String header = request.getHeader("Authorization");
        boolean sent = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (sent && isRight(header.substring(SCHEME.length()))) {
            return null;
        }
        if (listener == Listener.SOCKET) {
            if (header != null) {
                Caller.markForeignAuthorization(request.getRequest());
            }
            return null;
        }
        if (isOpen(listener, request)) {
            Caller.markAnonymous(request.getRequest());
            return null;
        }
        String where = "; read it from '" + token.file() + "', or call by the Unix socket, which needs none";
        return sent
                ? Problem.of(401, "token-wrong", "the token is not this sidecar's" + where)
                : Problem.of(401, "token-required", "send 'Authorization: Bearer <token>'" + where);
    }

    private boolean isRight(String given) {
        return MessageDigest.isEqual(given.trim().getBytes(StandardCharsets.UTF_8), token.bytes());
    }

    private static boolean isOpen(Listener listener, Request request) {
        String path = request.getRequestURI();
        // Only when written plainly: nothing may look open here and be something else to who serves it.
        if (!path.equals(request.getDecodedRequestURI())
                || !("GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod()))) {
            return false;
        }
        return listener == Listener.OPS
                ? path.equals("/") || path.equals("/actuator/health") || path.startsWith("/actuator/health/")
                : OPEN_API.contains(path);
    }
}
