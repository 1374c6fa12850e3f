package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.Reason;

/** What a fallback gets when the work was not tried, because the breaker is open or a limit is reached. */
public final class CallRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    CallRefusedException(String upstream, Call call) {
        this(upstream, call.refusal() == null ? Reason.CIRCUIT_OPEN : call.refusal());
    }

    private CallRefusedException(String upstream, Reason reason) {
        super(upstream + ": " + reason.title(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
