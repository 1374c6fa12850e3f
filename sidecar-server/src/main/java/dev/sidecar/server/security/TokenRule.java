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
        if (listener == Listener.SOCKET || isOpen(listener, request)) {
            return null;
        }
        String where = "; read it from '" + token.file() + "', or call by the Unix socket, which needs none";
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Problem.of(401, "token-required", "send 'Authorization: Bearer <token>'" + where);
        }
        byte[] given = header.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token.bytes())
                ? null
                : Problem.of(401, "token-wrong", "the token is not this sidecar's" + where);
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
