package dev.sidecar.server.proxy;

import java.time.Duration;

/**
 * What is to happen after an attempt.
 *
 * @param retry whether to try again; otherwise the client gets what there is
 * @param delayNanos how long to wait before
 */
public record Verdict(boolean retry, long delayNanos) {

    /** The client gets this response, or an answer of ours that says what failed. */
    public static final Verdict DELIVER = new Verdict(false, 0);

    public static Verdict retryAfter(Duration delay) {
        return new Verdict(true, delay.toNanos());
    }
}
