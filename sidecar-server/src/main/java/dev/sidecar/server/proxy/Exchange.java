package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.Trace;
import org.jspecify.annotations.Nullable;

/**
 * One request and what became of it, for those who judge, log and count. Belongs to one event loop; complete once
 * {@link ExchangeListener#completed} is called. Times are of {@link System#nanoTime()}, 0 for what did not happen.
 */
public final class Exchange {

    private final RequestHead request;
    private final Origin origin;
    private final Trace trace;
    final long startedAt;

    @Nullable
    Route route;

    @Nullable
    String served;

    @Nullable
    Target target;

    @Nullable
    String reason;

    @Nullable
    Object attachment;

    @Nullable
    String retryDenied;

    int status;
    int attempts;
    boolean reused;
    long requestBytes;
    long responseBytes;
    long attemptAt;
    long connectedAt;
    long requestSentAt;
    long headAt;
    long endedAt;

    Exchange(RequestHead request, Origin origin, long startedAt) {
        this.request = request;
        this.origin = origin;
        this.trace = Trace.of(request.fields());
        this.startedAt = startedAt;
    }

    public RequestHead request() {
        return request;
    }

    public Origin origin() {
        return origin;
    }

    public Trace trace() {
        return trace;
    }

    /** The route that was chosen; null when we answered by ourselves. */
    public @Nullable Route route() {
        return route;
    }

    /** The name of the {@link Reply} that was given; null when none was. */
    public @Nullable String served() {
        return served;
    }

    /** The instance of the last attempt; null when there was none. */
    public @Nullable Target target() {
        return target;
    }

    /** The status the client got; 0 when it got none. */
    public int status() {
        return status;
    }

    /** Why the upstream's own answer was not delivered in full, a word of {@link Reasons} or the route's; else null. */
    public @Nullable String reason() {
        return reason;
    }

    /** Why what failed was not tried again, as the route's policy has it; else null. */
    public @Nullable String retryDenied() {
        return retryDenied;
    }

    /** For the route, before the exchange is recorded. */
    public void retryDenied(@Nullable String why) {
        retryDenied = why;
    }

    /** How often the request was sent to an instance. */
    public int attempts() {
        return attempts;
    }

    /** Whether the last attempt went over a connection that was there already. */
    public boolean reused() {
        return reused;
    }

    /** Content received from the client. */
    public long requestBytes() {
        return requestBytes;
    }

    /** Content sent to the client. */
    public long responseBytes() {
        return responseBytes;
    }

    /** The request's head was complete. */
    public long startedAt() {
        return startedAt;
    }

    /** The last attempt began. */
    public long attemptAt() {
        return attemptAt;
    }

    /** The last attempt had its connection. */
    public long connectedAt() {
        return connectedAt;
    }

    /** The last attempt's request was sent in full. */
    public long requestSentAt() {
        return requestSentAt;
    }

    /** The head of the response that is delivered was there. */
    public long headAt() {
        return headAt;
    }

    /** The exchange ended. */
    public long endedAt() {
        return endedAt;
    }

    /** What the route keeps with this exchange between its calls. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object value) {
        attachment = value;
    }
}
