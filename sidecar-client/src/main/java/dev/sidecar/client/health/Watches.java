package dev.sidecar.client.health;

import dev.sidecar.Subscription;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.HealthReport;
import dev.sidecar.runtime.Threads;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for reports every second, as long as there is somebody who wants to hear of changes. Thread-safe. */
final class Watches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
    private static final long INTERVAL_MS = 1_000;

    private final Supplier<HealthReport> report;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();

    Watches(Supplier<HealthReport> report) {
        this.report = report;
    }

    Subscription open(Consumer<HealthReport> listener) {
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

        private final Consumer<HealthReport> listener;
        private final Thread thread = Threads.named("client-health", this::run);
        private @Nullable Map<String, Object> told;
        private volatile boolean closed;

        Watch(Consumer<HealthReport> listener) {
            this.listener = listener;
        }

        private void run() {
            try {
                while (!closed) {
                    look();
                    Thread.sleep(INTERVAL_MS);
                }
            } catch (InterruptedException e) {
                // Closed.
            }
        }

        private void look() {
            try {
                tell(report.get());
            } catch (RuntimeException e) {
                LOG.warn("A listener for health failed, or the sidecar refused", e);
            }
        }

        private synchronized void tell(HealthReport current) {
            Map<String, Object> statuses = statuses(current);
            if (!closed && !statuses.equals(told)) {
                told = statuses;
                listener.accept(current);
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

    private static Map<String, Object> statuses(HealthReport report) {
        Map<String, Object> statuses = new HashMap<>();
        for (CheckState check : report.checks()) {
            statuses.put("check " + check.name(), check.status());
        }
        statuses.put("status", report.status());
        statuses.put("maintenance", report.maintenance().enabled());
        return statuses;
    }
}
