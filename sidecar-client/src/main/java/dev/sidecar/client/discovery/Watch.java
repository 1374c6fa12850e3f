package dev.sidecar.client.discovery;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.discovery.ServiceInstances;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of every change, until it is closed. */
final class Watch implements Subscription, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final BlockingRead read;
    private final Consumer<ServiceInstances> listener;
    private volatile boolean closed;

    Watch(BlockingRead read, Consumer<ServiceInstances> listener) {
        this.read = read;
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            ServiceInstances last = read.now();
            tell(last);
            while (!closed) {
                ServiceInstances next = next(last);
                if (next.index() != last.index() || fresh(last) != fresh(next)) {
                    tell(next);
                }
                last = next;
            }
        } catch (InterruptedException e) {
            // Closed with the client.
        }
    }

    /** A list that was stale is asked for without waiting, so that the fresh one is told even where it is equal. */
    private ServiceInstances next(ServiceInstances last) throws InterruptedException {
        try {
            if (fresh(last)) {
                return read.changed(last.index(), LONG);
            }
            read.pause(LONG);
            return read.now();
        } catch (SidecarException e) {
            LOG.debug("A watch is refused, and goes on: {}", e.getMessage());
            read.pause(LONG);
            return last;
        }
    }

    private static boolean fresh(ServiceInstances list) {
        return list.staleSince() == null;
    }

    private synchronized void tell(ServiceInstances list) {
        if (closed) {
            return;
        }
        try {
            listener.accept(list);
        } catch (RuntimeException e) {
            LOG.warn("A listener for {} failed", list.service(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        read.close();
        synchronized (this) {
            // A listener that is running ends first: no call comes after this.
        }
    }
}
