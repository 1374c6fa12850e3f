package dev.sidecar.server.proxy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the data plane, one loop each, shared by all proxies of the process: epoll where it is, else NIO. */
public final class EventLoops implements AutoCloseable {

    static {
        // Who looks for leaks says so; a sample of buffers that is followed costs every request something.
        boolean said = System.getProperty("io.netty.leakDetection.level") != null
                || System.getProperty("io.netty.leakDetectionLevel") != null;
        if (!said) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    private final EventLoopGroup group;
    private final boolean epoll;
    private final LoopbackTcp loopback;

    /**
     * @param threads how many; a proxy needs as many as cores it may keep busy
     */
    public EventLoops(int threads) {
        this(threads, Epoll.isAvailable());
    }

    EventLoops(int threads, boolean epoll) {
        this.epoll = epoll;
        this.loopback = epoll ? LoopbackTcp.ofMachine() : LoopbackTcp.UNCHANGED;
        AtomicInteger number = new AtomicInteger();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        ThreadFactory factory = work -> thread(work, number.incrementAndGet());
        group = new MultiThreadIoEventLoopGroup(threads, factory, io);
    }

    // Not by Threads: Netty's buffer caches are fast only on a thread of its own type.
    private static Thread thread(Runnable work, int number) {
        Thread thread = new FastThreadLocalThread(work, "sidecar-proxy-" + number);
        thread.setDaemon(true);
        return thread;
    }

    /** Half as many as cores, one or two: the application needs some too, and one serves tens of thousands a second. */
    public static int defaultThreads() {
        return Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** Does short work on one of the threads after a while. */
    public void later(Runnable work, Duration delay) {
        next().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    EventLoopGroup group() {
        return group;
    }

    EventLoop next() {
        return group.next();
    }

    Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends Channel> channel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    LoopbackTcp loopback() {
        return loopback;
    }

    /** Ends the threads; connections that are still open are cut. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
