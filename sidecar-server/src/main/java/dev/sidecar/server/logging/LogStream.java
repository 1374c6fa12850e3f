package dev.sidecar.server.logging;

import dev.sidecar.Subscription;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Server-sent events of new records. A reader's pace is its own: {@link Logs#follow} keeps a bounded buffer for each.
 * A comment every now and then shows a reader that is gone, whose stream would otherwise stay until the next record.
 */
final class LogStream implements SmartLifecycle {

    private static final long HEARTBEAT_SECONDS = 15;

    private final Logs logs;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable ScheduledThreadPoolExecutor heartbeat;

    LogStream(Logs logs) {
        this.logs = logs;
    }

    SseEmitter open(LogQuery query) {
        Reader reader = new Reader();
        reader.emitter.onCompletion(reader::close);
        reader.emitter.onError(error -> reader.close());
        readers.add(reader);
        try {
            reader.subscription = logs.follow(query, reader::send);
        } catch (RuntimeException e) {
            readers.remove(reader);
            throw e;
        }
        reader.comment("following");
        startHeartbeat();
        return reader.emitter;
    }

    private synchronized void startHeartbeat() {
        if (heartbeat == null) {
            heartbeat = Threads.timer("log-heartbeat");
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

    private final class Reader {
        private final SseEmitter emitter = new SseEmitter(0L);
        private final ReentrantLock sending = new ReentrantLock();
        private volatile @Nullable Subscription subscription;

        void send(LogRecord record) {
            sending.lock();
            try {
                emitter.send(SseEmitter.event().data(record));
            } catch (IOException | IllegalStateException e) {
                close();
            } finally {
                sending.unlock();
            }
        }

        /** Skipped while a record is on its way: then there is no need for it, and it would wait. */
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
