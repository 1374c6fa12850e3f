package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.HeadLimits;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one {@link ProxyServer} treats its clients.
 *
 * @param head how large heads may be, of requests and responses
 * @param headTimeout from a request's first byte to the end of its head; later is 408
 * @param idleTimeout how long a client's connection may wait for the next request
 * @param clientStall in which a client must send or take at least something of a message's content
 * @param upstreamIdle how long a connection to an upstream is kept for the next request; below the five seconds after
 *     which common servers end theirs
 * @param upstreamIdleMax how many of them, for each instance and event loop
 * @param tls how to speak TLS to clients; null for plain text
 */
public record ProxyOptions(
        HeadLimits head,
        Duration headTimeout,
        Duration idleTimeout,
        Duration clientStall,
        Duration upstreamIdle,
        int upstreamIdleMax,
        @Nullable SslContext tls) {

    public static final ProxyOptions DEFAULT = new ProxyOptions(
            HeadLimits.DEFAULT,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(4),
            128,
            null);

    public ProxyOptions clientTimeouts(Duration head, Duration idle, Duration stall) {
        return new ProxyOptions(this.head, head, idle, stall, upstreamIdle, upstreamIdleMax, tls);
    }

    public ProxyOptions head(HeadLimits limits) {
        return new ProxyOptions(limits, headTimeout, idleTimeout, clientStall, upstreamIdle, upstreamIdleMax, tls);
    }
}
