package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/**
 * One try of a {@link Call}, on one instance. Exactly one of {@link #answered}, {@link #failed} and {@link #abandon}
 * ends the wait for its head, then {@link #end} it. Not thread-safe, like its call.
 */
public final class Attempt {

    private final Call call;
    private final Upstream upstream;
    private final Member member;
    private final long startedAt;
    private boolean judged;
    private boolean ended;

    Attempt(Call call, Upstream upstream, Member member, long now) {
        this.call = call;
        this.upstream = upstream;
        this.member = member;
        this.startedAt = now;
        member.running.incrementAndGet();
    }

    /** Whom to send it to. */
    public Instance instance() {
        return member.instance;
    }

    /** For a connection. */
    public long connectTimeoutNanos() {
        return Math.min(upstream.policy().connectTimeout().toNanos(), call.remainingNanos());
    }

    /** Until the head of the answer, connecting included. */
    public long timeoutNanos() {
        var most = upstream.policy().tryTimeout();
        long remaining = call.remainingNanos();
        return most == null ? remaining : Math.min(most.toNanos(), remaining);
    }

    /**
     * The head of the final answer is there (1xx are not answers).
     *
     * @param retryAfter the header as it came
     * @return nanoseconds to wait before {@link Call#next()}, or {@link Call#NO_RETRY}: pass this answer on
     */
    public long answered(int status, @Nullable String retryAfter) {
        if (judged) {
            return Call.NO_RETRY;
        }
        judged = true;
        long now = upstream.ticker.nanos();
        long nanos = now - startedAt;
        member.answered(nanos, now);
        if (upstream.concurrency != null) {
            upstream.concurrency.answered(nanos, upstream.running.get());
        }
        if (status < 500) {
            succeeded(nanos);
        } else {
            countFailure(nanos, now);
        }
        if (status < 400) {
            return Call.NO_RETRY;
        }
        boolean listed = upstream.policy().retries().statuses().contains(status);
        long wait = listed && retryAfter != null ? RetryAfter.nanos(retryAfter, upstream.wall.get()) : 0;
        return call.verdict(null, listed, wait);
    }

    /**
     * There is no answer, or its body broke off.
     *
     * @return nanoseconds to wait before {@link Call#next()}, or {@link Call#NO_RETRY}; always that after
     *     {@link #answered}
     */
    public long failed(Failure failure) {
        long now = upstream.ticker.nanos();
        if (judged) {
            upstream.failed(member, now);
            return Call.NO_RETRY;
        }
        judged = true;
        countFailure(now - startedAt, now);
        if (failure == Failure.TIMEOUT) {
            member.answered(now - startedAt, now);
            if (upstream.concurrency != null) {
                upstream.concurrency.timedOut();
            }
        }
        RetryCondition condition = failure.condition();
        boolean listed = condition != null && upstream.policy().retries().on().contains(condition);
        return call.verdict(failure.reason(), listed, 0);
    }

    /** The caller went away, or another try was first: neither a success nor a failure. Ends the try. */
    public void abandon() {
        if (!judged) {
            judged = true;
            if (upstream.breaker != null) {
                upstream.breaker.release();
            }
        }
        end();
    }

    private void succeeded(long nanos) {
        if (upstream.breaker != null) {
            upstream.breaker.succeeded(nanos);
        }
        if (upstream.policy().outlierEjection().enabled()) {
            member.succeeded();
        }
    }

    private void countFailure(long nanos, long now) {
        if (upstream.breaker != null) {
            upstream.breaker.failed(nanos);
        }
        upstream.failed(member, now);
    }

    /** The connection is free again or closed. May be called more than once. */
    public void end() {
        if (!ended) {
            ended = true;
            member.running.decrementAndGet();
        }
    }
}
