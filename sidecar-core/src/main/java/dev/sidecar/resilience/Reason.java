package dev.sidecar.resilience;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why a call did not get its upstream's answer, or why it was not tried again. Stable: the code is the value of
 * {@code Sidecar-Reason}, the {@code code} of the problem, the {@code error.type} of the metric and an attribute of the
 * log record, in either delivery.
 */
public enum Reason {
    /** Nobody has registered under the name. */
    UNKNOWN_SERVICE(503, "No instance was ever registered under this name"),
    /** The name is known, but nobody takes traffic. */
    NO_INSTANCE(503, "No instance of the service takes traffic"),
    /** The breaker of the upstream is open, or half open with its trial calls under way. */
    CIRCUIT_OPEN(503, "The circuit breaker of the upstream is open"),
    /** Over the rate the policy allows. */
    RATE_LIMITED(429, "More calls than the rate limit allows"),
    /** As many calls at once as the policy allows. */
    BULKHEAD_FULL(503, "As many calls are running as the bulkhead allows"),
    /** As many calls at once as the upstream was found to take. */
    CONCURRENCY_LIMITED(503, "As many calls are running as the upstream was found to take"),
    /** No answer within the total time, or within the time of the last try. */
    UPSTREAM_TIMEOUT(504, "The upstream did not answer in time"),
    /** No connection within the time for it. */
    CONNECT_TIMEOUT(504, "No connection to the upstream within the connect time-out"),
    /** The connection was refused, or there is no way to the address. */
    CONNECT_FAILED(502, "No connection to the upstream"),
    /** The connection ended before the answer did. */
    UPSTREAM_RESET(502, "The upstream ended the connection before its answer was whole"),
    /** The answer was not HTTP, or ambiguous. */
    UPSTREAM_PROTOCOL_ERROR(502, "The upstream's answer is not valid HTTP"),
    /** The certificate did not convince, or the handshake failed. */
    UPSTREAM_TLS_ERROR(502, "TLS with the upstream failed"),
    /** It would have been tried again, had the budget not been spent. The upstream's own answer is passed on. */
    RETRY_BUDGET_SPENT(503, "The retry budget is spent"),
    /** It was tried as often as the policy allows. The upstream's own answer is passed on. */
    RETRIES_EXHAUSTED(503, "Tried as often as the policy allows"),
    /** The request body was longer than what is kept to send it again. */
    BODY_NOT_REPLAYABLE(503, "The request body is longer than what is kept for a retry"),
    /** The caller went away. */
    CALLER_GONE(499, "The caller went away");

    private final int status;
    private final String title;
    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Reason(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Kebab-case, such as {@code circuit-open}. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The HTTP status of the answer we give ourselves. */
    public int status() {
        return status;
    }

    /** Short, the same for every occurrence. */
    public String title() {
        return title;
    }
}
