package dev.sidecar.client.config;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Backoff;
import dev.sidecar.client.transport.EventStream;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One stream of changes, opened again where it broke, from where it broke. Owns a thread until it is closed. */
final class Watch implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Transport transport;
    private final String prefix;
    private final Consumer<ConfigChange> listener;
    private final Consumer<Watch> closing;
    private final Thread thread = Threads.named("client-config-watch", this::run);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private long position;
    private volatile @Nullable SidecarException refusal;
    private volatile @Nullable EventStream stream;
    private volatile boolean closed;

    Watch(Transport transport, String prefix, long after, Consumer<ConfigChange> listener, Consumer<Watch> closing) {
        this.transport = transport;
        this.prefix = prefix;
        this.position = after;
        this.listener = listener;
        this.closing = closing;
    }

    /** Returns once the stream is open, so that no change from now on is missed, or the sidecar is away. */
    void start() {
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
                try (EventStream opened = EventStream.open(transport, request())) {
                    stream = opened;
                    read(opened);
                } catch (SidecarUnavailableException | IOException e) {
                    LOG.debug("The stream of configuration changes ended: {}", e.getMessage());
                } catch (SidecarException e) {
                    refusal = tried.getCount() > 0 && e.problem().status() < 500 ? e : null;
                    LOG.debug("The stream of configuration changes was refused: {}", e.getMessage());
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

    private Request request() {
        Target target =
                Target.of(RemoteConfig.PATH).with("watch", "true").with("prefix", prefix.isEmpty() ? null : prefix);
        Request request = Request.get(target.toString()).accept("text/event-stream");
        return position == Config.NOW ? request : request.with(Map.of("Last-Event-ID", Long.toString(position)));
    }

    private void read(EventStream events) throws IOException {
        for (EventStream.Event event = events.nextEvent(); event != null && !closed; event = events.nextEvent()) {
            if (event.data() != null) {
                hand(event.data());
            }
            // After the listener: what it was not told it is told again.
            if (event.id() != null) {
                position = Long.parseLong(event.id());
            }
            backoff.reset();
            tried.countDown();
        }
    }

    private synchronized void hand(String data) {
        if (closed) {
            return;
        }
        try {
            listener.accept(ExactJson.MAPPER.readValue(data, ConfigChange.class));
        } catch (JacksonException e) {
            LOG.warn("A change of the configuration could not be read: {}", e.getOriginalMessage());
        } catch (RuntimeException e) {
            LOG.warn("A listener for changes of the configuration failed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.accept(this);
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
