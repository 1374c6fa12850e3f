package dev.sidecar.server.api;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams of server-sent events without end. A comment every now and then shows a reader that is gone, whose stream
 * would otherwise stay until the next event.
 */
public final class EventStreams implements SmartLifecycle {

    /** Sends one event to one reader, and waits until it is on its way. */
    public interface Sender {
        void send(SseEmitter.SseEventBuilder event);
    }

    private static final long HEARTBEAT_SECONDS = 15;

    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable ScheduledThreadPoolExecutor heartbeat;

    /**
     * Opens a stream.
     *
     * @param first sent at once
     * @param source called with where to send; what it returns is closed with the stream
     */
    public SseEmitter open(SseEmitter.SseEventBuilder first, Function<Sender, Subscription> source) {
        Reader reader = new Reader();
        reader.emitter.onCompletion(reader::close);
        reader.emitter.onError(error -> reader.close());
        readers.add(reader);
        reader.send(first);
        try {
            reader.subscription = source.apply(reader);
        } catch (RuntimeException e) {
            readers.remove(reader);
            throw e;
        }
        startHeartbeat();
        return reader.emitter;
    }

    private synchronized void startHeartbeat() {
        if (heartbeat == null) {
            heartbeat = Threads.timer("events-heartbeat");
            heartbeat.scheduleWithFixedDelay(
                    () -> readers.forEach(reader -> reader.comment("still here")),
                    HEARTBEAT_SECONDS,
                    HEARTBEAT_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, for which a stream without end would be a request that never finishes. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (heartbeat != null) {
            heartbeat.shutdownNow();
        }
        readers.forEach(Reader::end);
    }

    private final class Reader implements Sender {
        private final SseEmitter emitter = new SseEmitter(0L);
        private final ReentrantLock sending = new ReentrantLock();
        private volatile @Nullable Subscription subscription;

        @Override
        public void send(SseEmitter.SseEventBuilder event) {
            sending.lock();
            try {
                emitter.send(event);
            } catch (IOException | IllegalStateException e) {
                close();
            } finally {
                sending.unlock();
            }
        }

        /** Skipped while an event is on its way: then there is no need for it, and it would wait. */
        void comment(String text) {
            if (sending.tryLock()) {
                try {
                    emitter.send(SseEmitter.event().comment(text));
                } catch (IOException | IllegalStateException e) {
                    close();
                } finally {
                    sending.unlock();
                }
            }
        }

        void end() {
            emitter.complete();
            close();
        }

        void close() {
            readers.remove(this);
            Subscription current = subscription;
            if (current != null) {
                current.close();
            }
        }
    }
}
