package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.HeadLimits;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one {@link ProxyServer} treats its clients.
 *
 * @param head how large heads may be, of requests and responses
 * @param headProperty the property that sets how large, to be named in a refusal; null when none does
 * @param headTimeout from a request's first byte to the end of its head; later is 408
 * @param idleTimeout how long a client's connection may wait for the next request
 * @param clientStall in which a client must send or take at least something of a message's content
 * @param clientMinimum how many bytes are something, of a request's content
 * @param upstreamIdle how long a connection to an upstream is kept for the next request; below the five seconds after
 *     which common servers end theirs
 * @param upstreamIdleMax how many of them, for each instance and event loop
 * @param tls how to speak TLS to the next client; null for plain text
 * @param trusted whose word on whom it forwards for is passed on; what others say of that is replaced
 */
public record ProxyOptions(
        HeadLimits head,
        @Nullable String headProperty,
        Duration headTimeout,
        Duration idleTimeout,
        Duration clientStall,
        int clientMinimum,
        Duration upstreamIdle,
        int upstreamIdleMax,
        @Nullable Supplier<SslContext> tls,
        Predicate<InetAddress> trusted) {

    public static final ProxyOptions DEFAULT = new ProxyOptions(
            HeadLimits.DEFAULT,
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            1,
            Duration.ofSeconds(4),
            128,
            null,
            address -> true);

    public ProxyOptions clientTimeouts(Duration head, Duration idle, Duration stall) {
        return new ProxyOptions(
                this.head, headProperty, head, idle, stall, clientMinimum, upstreamIdle, upstreamIdleMax, tls, trusted);
    }

    public ProxyOptions clientMinimum(int bytes) {
        return new ProxyOptions(
                head,
                headProperty,
                headTimeout,
                idleTimeout,
                clientStall,
                bytes,
                upstreamIdle,
                upstreamIdleMax,
                tls,
                trusted);
    }

    public ProxyOptions head(HeadLimits limits, @Nullable String property) {
        return new ProxyOptions(
                limits,
                property,
                headTimeout,
                idleTimeout,
                clientStall,
                clientMinimum,
                upstreamIdle,
                upstreamIdleMax,
                tls,
                trusted);
    }

    public ProxyOptions head(HeadLimits limits) {
        return head(limits, null);
    }

    public ProxyOptions tls(@Nullable Supplier<SslContext> context) {
        return new ProxyOptions(
                head,
                headProperty,
                headTimeout,
                idleTimeout,
                clientStall,
                clientMinimum,
                upstreamIdle,
                upstreamIdleMax,
                context,
                trusted);
    }

    public ProxyOptions trusted(Predicate<InetAddress> peers) {
        return new ProxyOptions(
                head,
                headProperty,
                headTimeout,
                idleTimeout,
                clientStall,
                clientMinimum,
                upstreamIdle,
                upstreamIdleMax,
                tls,
                peers);
    }

    boolean trusts(SocketAddress peer) {
        return peer instanceof InetSocketAddress socket && trusted.test(socket.getAddress());
    }

    /** What is wrong, and which property to change where one sets the limit. */
    String explain(FramingException why) {
        return why.status() == 431 && headProperty != null
                ? why.detail() + "; " + headProperty + " sets the limit"
                : why.detail();
    }
}
