package dev.sidecar.client.monitor;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.monitor.MonitorSample;
import dev.sidecar.runtime.Threads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for a sample as often as the sidecar takes them, as long as there is somebody who wants them. Thread-safe. */
final class SampleWatches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleWatches.class);
    private static final long PAUSE_MS = 10_000;

    private final Supplier<MonitorSample> ask;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();

    SampleWatches(Supplier<MonitorSample> ask) {
        this.ask = ask;
    }

    Subscription open(Consumer<MonitorSample> listener) {
        Watch watch = new Watch(listener);
        open.add(watch);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        open.forEach(Watch::close);
    }

    private final class Watch implements Subscription {

        private final Consumer<MonitorSample> listener;
        private final Thread thread = Threads.named("client-monitor", this::run);
        private volatile boolean closed;

        Watch(Consumer<MonitorSample> listener) {
            this.listener = listener;
        }

        private void run() {
            try {
                while (!closed) {
                    Thread.sleep(look());
                }
            } catch (InterruptedException e) {
                // Closed.
            }
        }

        /** Returns how long to wait. */
        private long look() {
            try {
                MonitorSample sample = ask.get();
                tell(sample);
                return sample.intervalMs();
            } catch (SidecarUnavailableException e) {
                return PAUSE_MS;
            } catch (SidecarException e) {
                LOG.debug("no samples: {}", e.getMessage());
                return PAUSE_MS;
            }
        }

        private synchronized void tell(MonitorSample sample) {
            if (closed) {
                return;
            }
            try {
                listener.accept(sample);
            } catch (RuntimeException e) {
                LOG.warn("A listener for samples failed", e);
            }
        }

        @Override
        public void close() {
            closed = true;
            open.remove(this);
            thread.interrupt();
            synchronized (this) {
                // A listener that is running ends first: no call comes after this.
            }
        }
    }
}
