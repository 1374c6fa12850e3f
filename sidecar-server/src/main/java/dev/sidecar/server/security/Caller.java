package dev.sidecar.server.security;

import jakarta.servlet.ServletRequest;

/** Who asks, where a path is open to everybody but does not tell everybody the same. */
public final class Caller {

    private static final String ANONYMOUS = Caller.class.getName() + ".anonymous";

    private static final String FOREIGN = Caller.class.getName() + ".foreign-authorization";

    private Caller() {}

    /** Whether the request came without the token, by a listener that wants one elsewhere. */
    public static boolean isAnonymous(ServletRequest request) {
        return request.getAttribute(ANONYMOUS) != null;
    }

    /** Whether the field Authorization is for somebody else: it is not what the caller showed at our gate. */
    public static boolean hasForeignAuthorization(ServletRequest request) {
        return request.getAttribute(FOREIGN) != null;
    }

    static void markForeignAuthorization(ServletRequest request) {
        request.setAttribute(FOREIGN, true);
    }

    static void markAnonymous(ServletRequest request) {
        request.setAttribute(ANONYMOUS, true);
    }
}
