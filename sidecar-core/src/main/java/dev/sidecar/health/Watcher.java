package dev.sidecar.health;

import dev.sidecar.runtime.Threads;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener and the reports it has not seen yet. A listener that is far behind misses the oldest of them. */
final class Watcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final int MOST_PENDING = 256;

    private final Consumer<HealthReport> listener;
    private final ExecutorService calls = Threads.serial("health-watch");
    private final Queue<HealthReport> pending = new ArrayDeque<>();
    private boolean closed;

    Watcher(Consumer<HealthReport> listener) {
        this.listener = listener;
    }

    synchronized void offer(HealthReport report) {
        if (closed) {
            return;
        }
        if (pending.size() == MOST_PENDING) {
            pending.remove();
        } else {
            calls.execute(this::call);
        }
        pending.add(report);
    }

    @Override
    public synchronized void close() {
        closed = true;
        pending.clear();
        calls.shutdown();
    }

    private void call() {
        HealthReport report = next();
        if (report != null) {
            try {
                listener.accept(report);
            } catch (RuntimeException e) {
                LOG.warn("A health listener failed; it will be called again at the next change", e);
            }
        }
    }

    private synchronized @Nullable HealthReport next() {
        return pending.poll();
    }
}
