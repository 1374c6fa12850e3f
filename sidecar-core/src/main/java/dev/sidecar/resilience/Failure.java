package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/** How a try ended without an answer. */
public enum Failure {
    /** Refused or unreachable: nothing of the request was sent. */
    CONNECT(Reason.CONNECT_FAILED, RetryCondition.CONNECT),
    /** No connection within the connect time-out: nothing of the request was sent. */
    CONNECT_TIMEOUT(Reason.CONNECT_TIMEOUT, RetryCondition.CONNECT),
    /** No answer within the time of the try, or within the total time. */
    TIMEOUT(Reason.UPSTREAM_TIMEOUT, RetryCondition.TIMEOUT),
    /** The connection ended early. */
    RESET(Reason.UPSTREAM_RESET, RetryCondition.RESET),
    /** The answer was not valid HTTP; the same again would be no better. */
    PROTOCOL(Reason.UPSTREAM_PROTOCOL_ERROR, null),
    /** TLS failed; the same again would be no better. */
    TLS(Reason.UPSTREAM_TLS_ERROR, null);

    private final Reason reason;
    private final @Nullable RetryCondition condition;

    Failure(Reason reason, @Nullable RetryCondition condition) {
        this.reason = reason;
        this.condition = condition;
    }

    public Reason reason() {
        return reason;
    }

    /** What the policy must list for this to be tried again; null when it never is. */
    public @Nullable RetryCondition condition() {
        return condition;
    }
}
