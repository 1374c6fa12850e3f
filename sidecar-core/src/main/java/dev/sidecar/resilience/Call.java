package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream, through all its tries: says what to do and never does it. Not thread-safe: an event loop
 * owns it, or whoever uses it from two threads guards it.
 *
 * <pre>
 * call = upstream.call("GET", false, null)
 * attempt = call.next()                  null: answer call.refusal() yourself
 * attempt.answered(status, retryAfter)   ≥ 0: try again after so many ns; NO_RETRY: pass the answer on
 * attempt.failed(failure)                ≥ 0: the same; NO_RETRY: answer call.refusal() yourself
 * attempt.end()                          the body is through, or the answer was thrown away
 * call.end()                             always, at the very end
 * </pre>
 */
public final class Call {

    /** Instead of a pause: do not try again. */
    public static final long NO_RETRY = -1;

    private final Upstream upstream;
    private final boolean repeatable;
    private final long key;
    private final long startedAt;
    private final long deadline;
    private final boolean admitted;
    private @Nullable Reason refusal;
    private @Nullable Reason denied;
    private Tried tried = Tried.NONE;
    private @Nullable Instance instance;
    private int tries;
    private int retries;
    private int hedges;
    private boolean replayable = true;
    private boolean ended;

    Call(Upstream upstream, boolean repeatable, long key, long now, @Nullable Reason refusal) {
        this.upstream = upstream;
        this.repeatable = repeatable;
        this.key = key;
        this.startedAt = now;
        this.deadline = now + upstream.policy().timeout().toNanos();
        this.admitted = refusal == null;
        if (refusal != null) {
            refuse(refusal);
        }
    }

    /**
     * Begins a try: the first, or the one that {@link Attempt#answered} or {@link Attempt#failed} allowed.
     *
     * @return null when there is none; {@link #refusal()} says why
     */
    public @Nullable Attempt next() {
        if (!admitted) {
            return null;
        }
        long now = upstream.ticker.nanos();
        if (deadline - now <= 0) {
            return refuse(Reason.UPSTREAM_TIMEOUT);
        }
        Breaker breaker = upstream.breaker;
        if (breaker != null && !breaker.tryAcquire()) {
            return refuse(Reason.CIRCUIT_OPEN);
        }
        Member member = upstream.pick(tried, key, now);
        if (member == null) {
            if (breaker != null) {
                breaker.release();
            }
            return refuse(Reason.NO_INSTANCE);
        }
        tries++;
        upstream.tally.tries.increment();
        if (repeatable) {
            tried = tried.and(member);
        }
        refusal = null;
        Attempt attempt = new Attempt(this, upstream, member, now);
        instance = attempt.instance();
        return attempt;
    }

    /**
     * After how many nanoseconds without an answer {@link #hedge()} is to be asked for, counted from the last try;
     * {@link #NO_RETRY} for never.
     */
    public long hedgeDelayNanos() {
        HedgingPolicy hedging = upstream.policy().hedging();
        return hedging.delay() == null || !repeatable || !replayable || hedges >= hedging.max()
                ? NO_RETRY
                : hedging.delay().toNanos();
    }

    /** Begins another try beside the one under way; null when there is nobody else or no budget for it. */
    public @Nullable Attempt hedge() {
        if (hedgeDelayNanos() == NO_RETRY || upstream.members().size() <= tries || !upstream.budget.trySpend()) {
            return null;
        }
        Reason before = refusal;
        Attempt attempt = next();
        if (attempt == null) {
            upstream.budget.refund();
            refusal = before;
            return null;
        }
        hedges++;
        upstream.tally.hedges.increment();
        return attempt;
    }

    private @Nullable Attempt refuse(Reason reason) {
        refusal = reason;
        upstream.tally.of(reason).increment();
        return null;
    }

    /** The request cannot be sent again, because its body is not kept. */
    public void notReplayable() {
        replayable = false;
    }

    long verdict(@Nullable Reason failure, boolean listed, long retryAfterNanos) {
        refusal = failure;
        if (failure != null) {
            upstream.tally.of(failure).increment();
        }
        RetryPolicy policy = upstream.policy().retries();
        if (!listed || !repeatable || policy.max() == 0) {
            return NO_RETRY;
        }
        if (retries >= policy.max()) {
            return deny(Reason.RETRIES_EXHAUSTED);
        }
        if (!replayable) {
            return deny(Reason.BODY_NOT_REPLAYABLE);
        }
        long pause = Math.max(retryAfterNanos, pause(policy));
        if (deadline - upstream.ticker.nanos() <= pause) {
            return deny(Reason.UPSTREAM_TIMEOUT);
        }
        if (upstream.circuit() == CircuitState.OPEN) {
            return deny(Reason.CIRCUIT_OPEN);
        }
        if (!upstream.budget.trySpend()) {
            return deny(Reason.RETRY_BUDGET_SPENT);
        }
        retries++;
        upstream.tally.retries.increment();
        return pause;
    }

    private long pause(RetryPolicy policy) {
        long most = Math.min(
                policy.backoff().toNanos() << Math.min(retries, 20),
                policy.maxBackoff().toNanos());
        return (long) (upstream.dice.roll() * most);
    }

    private long deny(Reason reason) {
        denied = reason;
        if (reason != Reason.UPSTREAM_TIMEOUT && reason != Reason.CIRCUIT_OPEN) {
            upstream.tally.of(reason).increment();
        }
        return NO_RETRY;
    }

    /** The answer we give ourselves, because there is none to pass on; null while there may be one. */
    public @Nullable Reason refusal() {
        return refusal;
    }

    /** Why what failed was not tried again; null when it was, or when it never is. */
    public @Nullable Reason denied() {
        return denied;
    }

    /** For the header {@code Retry-After} of our own 429 and 503. */
    public long retryAfterSeconds() {
        return refusal == null ? 1 : upstream.retryAfterSeconds(refusal);
    }

    /** Until the total time-out; not more than 0 when it is over. */
    public long remainingNanos() {
        return deadline - upstream.ticker.nanos();
    }

    /** Since it began. */
    public long elapsedNanos() {
        return upstream.ticker.nanos() - startedAt;
    }

    /** How many there were, hedges included. */
    public int tries() {
        return tries;
    }

    /** Whom the last try was for; null when there was none. */
    public @Nullable Instance instance() {
        return instance;
    }

    public Upstream upstream() {
        return upstream;
    }

    /** The request is over, body and all. May be called more than once. */
    public void end() {
        if (!ended) {
            ended = true;
            if (admitted) {
                upstream.running.decrementAndGet();
            }
        }
    }
}
