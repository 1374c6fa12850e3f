package dev.sidecar.server.proxy;

import java.time.Duration;

/**
 * How long and how large. All time-outs are exact to about 20 ms.
 *
 * @param connectNanos to have a connection
 * @param tryNanos from the begin of one attempt to the head of its final response; 0 for no limit
 * @param totalNanos from the request's head to the head of the response that is delivered, all attempts and waits; 0
 *     for no limit. The content after it is bounded by {@code stallNanos} only: it may be a stream without end.
 * @param stallNanos in which at least something of a response's content must come; 0 for no limit
 * @param replayBytes how much of a request's content is kept for another attempt; a longer one is sent once
 * @param maxBodyBytes a request with more content is answered 413
 */
public record RouteLimits(
        long connectNanos, long tryNanos, long totalNanos, long stallNanos, int replayBytes, long maxBodyBytes) {

    public static final RouteLimits DEFAULT = new RouteLimits(
            Duration.ofSeconds(2).toNanos(),
            0,
            Duration.ofSeconds(15).toNanos(),
            Duration.ofSeconds(60).toNanos(),
            64 * 1024,
            Long.MAX_VALUE);

    public RouteLimits timeout(Duration total) {
        return new RouteLimits(connectNanos, tryNanos, total.toNanos(), stallNanos, replayBytes, maxBodyBytes);
    }

    public RouteLimits tryTimeout(Duration each) {
        return new RouteLimits(connectNanos, each.toNanos(), totalNanos, stallNanos, replayBytes, maxBodyBytes);
    }

    public RouteLimits connectTimeout(Duration connect) {
        return new RouteLimits(connect.toNanos(), tryNanos, totalNanos, stallNanos, replayBytes, maxBodyBytes);
    }

    public RouteLimits stallTimeout(Duration stall) {
        return new RouteLimits(connectNanos, tryNanos, totalNanos, stall.toNanos(), replayBytes, maxBodyBytes);
    }

    public RouteLimits replayBytes(int bytes) {
        return new RouteLimits(connectNanos, tryNanos, totalNanos, stallNanos, bytes, maxBodyBytes);
    }

    public RouteLimits maxBodyBytes(long bytes) {
        return new RouteLimits(connectNanos, tryNanos, totalNanos, stallNanos, replayBytes, bytes);
    }
}
