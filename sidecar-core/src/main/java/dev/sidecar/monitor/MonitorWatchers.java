package dev.sidecar.monitor;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who gets every sample. A listener has one sample at a time, and while it is busy only the newest waits for it. */
final class MonitorWatchers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorWatchers.class);

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    Subscription add(Consumer<MonitorSample> listener) {
        Watcher watcher = new Watcher(listener);
        watchers.add(watcher);
        return watcher;
    }

    void offer(MonitorSample sample) {
        watchers.forEach(watcher -> watcher.offer(sample));
    }

    @Override
    public void close() {
        watchers.forEach(Watcher::close);
    }

    private final class Watcher implements Subscription {

        private final Consumer<MonitorSample> listener;
        private final ExecutorService thread = Threads.serial("monitor-watch");
        private @Nullable MonitorSample waiting;
        private boolean busy;
        private volatile boolean closed;

        Watcher(Consumer<MonitorSample> listener) {
            this.listener = listener;
        }

        synchronized void offer(MonitorSample sample) {
            waiting = sample;
            if (!busy && !closed) {
                busy = true;
                thread.execute(this::run);
            }
        }

        private synchronized @Nullable MonitorSample next() {
            MonitorSample next = closed ? null : waiting;
            waiting = null;
            busy = next != null;
            return next;
        }

        private void run() {
            for (MonitorSample next = next(); next != null; next = next()) {
                tell(next);
            }
        }

        private void tell(MonitorSample sample) {
            synchronized (listener) {
                if (closed) {
                    return;
                }
                try {
                    listener.accept(sample);
                } catch (RuntimeException e) {
                    LOG.warn("A listener for samples failed", e);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            watchers.remove(this);
            thread.shutdown();
            synchronized (listener) {
                // A listener that is running ends first: no call comes after this.
            }
        }
    }
}
