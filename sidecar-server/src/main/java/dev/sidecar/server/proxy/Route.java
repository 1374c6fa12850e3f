package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseEdit;
import dev.sidecar.server.proxy.http1.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go: names the instances, one an attempt, and judges what came of each. This is where balancing,
 * breakers, retries and limits are plugged in. Called on event loops, by several at once: it must not block. Each
 * {@link #next} that names an instance is followed by exactly one {@link #judge} of it or, when the exchange ends
 * before there is a result, by {@link #completed} alone.
 */
public interface Route {

    /** For logs and metrics; of bounded number. */
    String name();

    RouteLimits limits();

    /** The instance for the next attempt, or why there is none. */
    Pick next(Exchange exchange);

    /**
     * What is to happen after an attempt. A wish to try again is followed only where that is possible: nothing of a
     * response has been delivered and the request's content is still there ({@link Attempt#replayable()}). Whether it
     * is safe (idempotent) is for the route to say.
     */
    default Verdict judge(Exchange exchange, Attempt attempt) {
        return Verdict.DELIVER;
    }

    /** What the client gets for a failure, a word of {@link Reasons}; null for the usual answer. */
    default @Nullable Answer failed(String reason) {
        return null;
    }

    /** What is changed in the upstream's answer on its way to the client. */
    default ResponseEdit change(RequestHead request, ResponseHead response) {
        return ResponseEdit.NONE;
    }

    /** After how long without an answer {@link #hedge} is to be asked for another instance; negative for never. */
    default long hedgeDelayNanos(Exchange exchange) {
        return -1;
    }

    /** An instance for a second attempt beside the running one; null for none. Followed by one of the next two. */
    default @Nullable Target hedge(Exchange exchange) {
        return null;
    }

    /** The second attempt is now the only one, the first is given up or was judged; {@link #judge} of it follows. */
    default void hedgeWon(Exchange exchange) {}

    /** The second attempt is given up or failed, the first goes on. */
    default void hedgeLost(Exchange exchange) {}

    /** The exchange is over, in whatever way; called once, also for one that was refused by {@link #next}. */
    default void completed(Exchange exchange) {}
}
