package dev.sidecar.client.transport;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.EventStream.Event;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of the sidecar without an end: a stream that breaks is opened again. Owns a thread until it is closed, on which
 * the listener is called with one event after the other; one that throws is called again with the next.
 */
public final class EventSubscription implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);

    private final Transport transport;
    private final Supplier<Request> request;
    private final boolean greets;
    private final Consumer<Event> listener;
    private final Thread thread;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private volatile @Nullable SidecarException refusal;
    private volatile @Nullable EventStream stream;
    private volatile boolean closed;

    /**
     * Asks for nothing yet.
     *
     * @param role names the thread
     * @param request asked for again each time the stream is opened
     * @param greets whether the sidecar begins with an event, and the stream is not open before it
     */
    public EventSubscription(
            Transport transport, String role, Supplier<Request> request, boolean greets, Consumer<Event> listener) {
        this.transport = transport;
        this.request = request;
        this.greets = greets;
        this.listener = listener;
        this.thread = Threads.named(role, this::run);
    }

    /**
     * Returns once the stream is open, so that nothing that happens from now on is missed, or the sidecar is away.
     *
     * @throws SidecarException when the sidecar refuses; the subscription is closed then
     */
    public void start() {
        thread.start();
        try {
            tried.await(transport.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SidecarException refused = refusal;
        if (refused != null) {
            close();
            throw refused;
        }
    }

    private void run() {
        try {
            while (!closed) {
                try (EventStream opened = EventStream.open(transport, request.get())) {
                    stream = opened;
                    if (!greets) {
                        tried.countDown();
                    }
                    read(opened);
                } catch (SidecarUnavailableException | IOException e) {
                    LOG.debug("A stream of events ended: {}", e.getMessage());
                } catch (SidecarException e) {
                    refusal = tried.getCount() > 0 && e.problem().status() < 500 ? e : null;
                    LOG.debug("A stream of events was refused: {}", e.getMessage());
                }
                tried.countDown();
                if (!closed) {
                    Thread.sleep(backoff.next().toMillis());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void read(EventStream events) throws IOException {
        for (Event event = events.nextEvent(); event != null && !closed; event = events.nextEvent()) {
            hand(event);
            backoff.reset();
            tried.countDown();
        }
    }

    private synchronized void hand(Event event) {
        if (closed) {
            return;
        }
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.warn("A listener for events of the sidecar failed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        EventStream current = stream;
        if (current != null) {
            current.close();
        }
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            synchronized (this) {
                // A listener that is running ends first: no call comes after this.
            }
        }
    }
}
