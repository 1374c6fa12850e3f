package dev.sidecar.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few connections for many threads. The one used last is used next, so that after a burst the others fall idle
 * and are closed. Thread-safe.
 */
final class ConnectionPool implements Closeable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private record Idle(Connection connection, long sinceNanos) {}

    private final Supplier<Connection> factory;
    private final int size;
    private final Semaphore permits;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean closed;

    ConnectionPool(int size, Supplier<Connection> factory) {
        this.size = size;
        this.permits = new Semaphore(size);
        this.factory = factory;
    }

    /** Waits until the deadline where all are in use. Give it back by {@link #release}. */
    Connection acquire(Deadline deadline) throws IOException {
        try {
            if (!permits.tryAcquire() && !permits.tryAcquire(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("timed out after "
                        + deadline.allowed().toMillis() + " ms while all " + size + " connections were in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a connection");
        }
        Connection connection = newest();
        return connection == null ? factory.get() : connection;
    }

    private synchronized @Nullable Connection newest() {
        Idle newest = idle.pollFirst();
        return newest == null ? null : newest.connection;
    }

    void release(Connection connection) {
        synchronized (this) {
            long now = System.nanoTime();
            idle.addFirst(new Idle(connection, now));
            while (!idle.isEmpty() && (closed || now - idle.getLast().sinceNanos > IDLE.toNanos())) {
                idle.removeLast().connection.close();
            }
        }
        permits.release();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(each -> each.connection.close());
        idle.clear();
    }
}
