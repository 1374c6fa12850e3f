package dev.sidecar.client.logging;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Backoff;
import dev.sidecar.client.transport.EventStream;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Reads the stream of new records; a stream that breaks is opened again. Owns a thread until it is closed. */
final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Transport transport;
    private final LogQuery query;
    private final Consumer<LogRecord> listener;
    private final Thread thread = Threads.named("client-follow", this::run);
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile @Nullable SidecarException refusal;
    private volatile @Nullable EventStream stream;
    private volatile boolean closed;

    Follower(Transport transport, LogQuery query, Consumer<LogRecord> listener) {
        this.transport = transport;
        this.query = query;
        this.listener = listener;
    }

    /** Returns once the stream is open, so that nothing logged from now on is missed, or the sidecar is away. */
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
        Backoff backoff = new Backoff();
        Request request = Request.get(RemoteLogs.target(query)).accept("text/event-stream");
        try {
            while (!closed) {
                try (EventStream opened = EventStream.open(transport, request)) {
                    stream = opened;
                    backoff.reset();
                    tried.countDown();
                    read(opened);
                } catch (SidecarUnavailableException | IOException e) {
                    LOG.debug("The stream of log records ended: {}", e.getMessage());
                } catch (SidecarException e) {
                    refusal = tried.getCount() > 0 ? e : null;
                    LOG.debug("The stream of log records was refused: {}", e.getMessage());
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
        for (String data = events.next(); data != null && !closed; data = events.next()) {
            hand(data);
        }
    }

    private synchronized void hand(String data) {
        if (closed) {
            return;
        }
        try {
            listener.accept(Api.json().readValue(data, LogRecord.class));
        } catch (JacksonException e) {
            LOG.warn("A log record could not be read: {}", e.getOriginalMessage());
        } catch (RuntimeException e) {
            LOG.warn("A listener for log records failed", e);
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
