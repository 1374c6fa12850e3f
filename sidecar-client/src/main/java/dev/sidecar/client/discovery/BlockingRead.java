package dev.sidecar.client.discovery;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.transport.Backoff;
import dev.sidecar.client.transport.Line;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.discovery.ServiceInstances;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for lists of one service to change. For one thread; {@link #close()} may come from another. */
final class BlockingRead implements AutoCloseable {

    /** Longer waits are put together of several: what breaks unseen is then found. */
    private static final Duration SLICE = Duration.ofSeconds(30);

    private final Line line;
    private final LastKnown lastKnown;
    private final String service;
    private final Backoff backoff = new Backoff();
    private volatile boolean closed;

    BlockingRead(Transport transport, LastKnown lastKnown, String service) {
        this.line = transport.line();
        this.lastKnown = lastKnown;
        this.service = service;
    }

    /** The list now, or the last known one. */
    ServiceInstances now() {
        try {
            return lastKnown.keep(Pages.instances(line::exchange, service, null, Duration.ZERO));
        } catch (SidecarUnavailableException e) {
            return lastKnown.instances(service);
        }
    }

    /** The list that differs from the one with this index; after the wait the current or last known one. */
    ServiceInstances changed(long index, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            ServiceInstances answer = ask(index, left.compareTo(SLICE) < 0 ? left : SLICE);
            if (answer != null && (answer.index() != index || System.nanoTime() - end >= 0)) {
                return answer;
            }
            if (answer == null) {
                left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                if (left.isZero() || closed) {
                    return lastKnown.instances(service);
                }
                pause(left);
            }
        }
    }

    private @Nullable ServiceInstances ask(long index, Duration wait) {
        try {
            ServiceInstances answer = lastKnown.keep(Pages.instances(line::exchange, service, index, wait));
            backoff.reset();
            return answer;
        } catch (SidecarUnavailableException e) {
            return null;
        }
    }

    void pause(Duration atMost) throws InterruptedException {
        Duration pause = backoff.next();
        Thread.sleep((pause.compareTo(atMost) < 0 ? pause : atMost).toMillis());
    }

    @Override
    public void close() {
        closed = true;
        line.close();
    }
}
