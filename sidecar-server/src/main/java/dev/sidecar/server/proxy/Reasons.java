package dev.sidecar.server.proxy;

/** The words of {@code Sidecar-Reason} and of an exchange's outcome: why the upstream's own answer was not delivered. */
public final class Reasons {

    /** No route takes the request (404). */
    public static final String NO_ROUTE = "no-route";
    /** The route has no instance to send to (503). */
    public static final String NO_INSTANCE = "no-instance";
    /** No connection to the upstream (502). */
    public static final String CONNECT_FAILED = "connect-failed";
    /** No connection to the upstream in time (504). */
    public static final String CONNECT_TIMEOUT = "connect-timeout";
    /** The upstream ended the connection before its answer was complete (502, or the answer is cut off). */
    public static final String UPSTREAM_RESET = "upstream-reset";
    /** The upstream's answer is malformed or ambiguous (502, or the answer is cut off). */
    public static final String UPSTREAM_MALFORMED = "upstream-protocol-error";
    /** One attempt, or all together, got no answer in time (504). */
    public static final String TIMEOUT = "upstream-timeout";
    /** The upstream is not to be spoken to by TLS: its certificate did not convince, or the handshake failed (502). */
    public static final String TLS_FAILED = "upstream-tls-error";
    /** The upstream's answer stopped in the middle for too long; the client gets no more of it. */
    public static final String UPSTREAM_STALLED = "upstream-stalled";
    /** The client's request is malformed or ambiguous (400 and others). */
    public static final String MALFORMED_REQUEST = "malformed-request";
    /** The request's content is larger than the route allows (413). */
    public static final String BODY_TOO_LARGE = "body-too-large";
    /** The client was too slow to send its request (408). */
    public static final String CLIENT_TIMEOUT = "client-timeout";
    /** The client left before it had its answer. */
    public static final String CLIENT_ABORTED = "caller-gone";
    /** A fault of ours (500). */
    public static final String INTERNAL = "internal-error";

    private Reasons() {}
}
