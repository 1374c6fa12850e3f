package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending a request to one instance once: a response's head or a failure.
 *
 * @param target the instance
 * @param response the head; null when there was a failure
 * @param failure a word of {@link Reasons}; null when there is a response
 * @param sent whether the upstream may have seen any of the request
 * @param replayable whether the whole of the request can be sent once more
 * @param nanos from the begin of the attempt to now
 */
public record Attempt(
        Target target,
        @Nullable ResponseHead response,
        @Nullable String failure,
        boolean sent,
        boolean replayable,
        long nanos) {}
