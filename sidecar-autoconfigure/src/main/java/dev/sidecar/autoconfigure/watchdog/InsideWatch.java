package dev.sidecar.autoconfigure.watchdog;

import dev.sidecar.Subscription;
import dev.sidecar.watchdog.LocalWatchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

/** This process and, where it is wished, its TaskExecutors under the library's watchdog, while the context lives. */
final class InsideWatch implements SmartInitializingSingleton, AutoCloseable {

    private final LocalWatchdog watchdog;
    private final WatchdogProperties properties;
    private final ObjectProvider<TaskExecutor> executors;
    private final List<Subscription> watches = new ArrayList<>();

    InsideWatch(LocalWatchdog watchdog, WatchdogProperties properties, ObjectProvider<TaskExecutor> executors) {
        this.watchdog = watchdog;
        this.properties = properties;
        this.executors = executors;
    }

    @Override
    public void afterSingletonsInstantiated() {
        watchdog.guardThisProcess();
        Duration stall = properties.stall();
        if (stall != null) {
            int number = 0;
            for (TaskExecutor executor : executors.orderedStream().toList()) {
                if (!(executor instanceof SyncTaskExecutor)) {
                    String name = executor.getClass().getSimpleName() + "-" + ++number;
                    watches.add(watchdog.watch(name, executor, stall));
                }
            }
        }
    }

    @Override
    public void close() {
        watches.forEach(Subscription::close);
        watchdog.release();
    }
}
