package dev.sidecar.health;

import dev.sidecar.runtime.Signal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One listener and the reports it has not seen yet. A listener that is far behind misses the oldest of them. */
final class Watcher implements AutoCloseable {

    private static final int MOST_PENDING = 256;

    private final Consumer<HealthReport> listener;
    private final Signal signal = new Signal("health-watch", this::call);
    private final Queue<HealthReport> pending = new ArrayDeque<>();

    Watcher(Consumer<HealthReport> listener) {
        this.listener = listener;
    }

    void offer(HealthReport report) {
        synchronized (pending) {
            if (pending.size() == MOST_PENDING) {
                pending.remove();
            }
            pending.add(report);
        }
        signal.raise();
    }

    private void call() {
        HealthReport report = next();
        if (report == null) {
            return;
        }
        try {
            listener.accept(report);
        } finally {
            signal.raise();
        }
    }

    private @Nullable HealthReport next() {
        synchronized (pending) {
            return signal.isClosed() ? null : pending.poll();
        }
    }

    @Override
    public void close() {
        signal.close();
    }
}
