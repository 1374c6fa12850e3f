package dev.sidecar.monitor;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who gets every sample. A listener has one sample at a time, and while it is busy only the newest waits for it. */
final class MonitorWatchers implements AutoCloseable {

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
        private final Signal signal = new Signal("monitor-watch", this::tell);
        private final AtomicReference<@Nullable MonitorSample> waiting = new AtomicReference<>();

        Watcher(Consumer<MonitorSample> listener) {
            this.listener = listener;
        }

        void offer(MonitorSample sample) {
            waiting.set(sample);
            signal.raise();
        }

        private void tell() {
            MonitorSample sample = waiting.getAndSet(null);
            if (sample != null) {
                listener.accept(sample);
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
            signal.close();
        }
    }
}
