package dev.sidecar.server.security;

import jakarta.servlet.ServletRequest;

/** Who asks, where a path is open to everybody but does not tell everybody the same. */
public final class Caller {

    private static final String ANONYMOUS = Caller.class.getName() + ".anonymous";

    private Caller() {}

    /** Whether the request came without the token, by a listener that wants one elsewhere. */
    public static boolean isAnonymous(ServletRequest request) {
        return request.getAttribute(ANONYMOUS) != null;
    }

    static void markAnonymous(ServletRequest request) {
        request.setAttribute(ANONYMOUS, true);
    }
}
