package dev.sidecar.health;

import dev.sidecar.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who wants to know of changes. Reports arrive at each in order; none of them waits for another. Thread-safe. */
final class Watchers implements AutoCloseable {

    private final Supplier<HealthReport> report;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private @Nullable Map<String, HealthStatus> lastSeen;

    Watchers(Supplier<HealthReport> report) {
        this.report = report;
    }

    /** The first report and the joining are one step, so that no change falls between them. */
    synchronized Subscription add(Consumer<HealthReport> listener) {
        Watcher watcher = new Watcher(listener);
        HealthReport now = report.get();
        if (watchers.isEmpty()) {
            lastSeen = statuses(now);
        }
        watchers.add(watcher);
        watcher.offer(now);
        return () -> {
            watchers.remove(watcher);
            watcher.close();
        };
    }

    /** Called after anything that may have changed a status. */
    synchronized void changed() {
        if (watchers.isEmpty()) {
            return;
        }
        HealthReport now = report.get();
        Map<String, HealthStatus> seen = statuses(now);
        if (!seen.equals(lastSeen)) {
            lastSeen = seen;
            watchers.forEach(watcher -> watcher.offer(now));
        }
    }

    @Override
    public void close() {
        watchers.forEach(Watcher::close);
        watchers.clear();
    }

    private static Map<String, HealthStatus> statuses(HealthReport report) {
        Map<String, HealthStatus> statuses = new HashMap<>();
        report.checks().forEach(check -> statuses.put(check.name(), check.status()));
        // No check can have this name.
        statuses.put("", report.status());
        return statuses;
    }
}
