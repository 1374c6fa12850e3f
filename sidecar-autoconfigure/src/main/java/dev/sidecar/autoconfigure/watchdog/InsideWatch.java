package dev.sidecar.autoconfigure.watchdog;

import dev.sidecar.Subscription;
import dev.sidecar.watchdog.LocalWatchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.task.SyncTaskExecutor;

/** This process and, where it is wished, its executors under the library's watchdog, while the context lives. */
final class InsideWatch implements SmartInitializingSingleton, AutoCloseable {

    private final LocalWatchdog watchdog;
    private final WatchdogProperties properties;
    private final ListableBeanFactory beans;
    private final List<Subscription> watches = new ArrayList<>();

    InsideWatch(LocalWatchdog watchdog, WatchdogProperties properties, ListableBeanFactory beans) {
        this.watchdog = watchdog;
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        watchdog.guardThisProcess();
        Duration stall = properties.stall();
        if (stall != null) {
            beans.getBeansOfType(Executor.class, false, false)
                    .forEach((name, executor) -> watch(name, executor, stall));
        }
    }

    private void watch(String name, Executor executor, Duration stall) {
        if (!(executor instanceof SyncTaskExecutor)) {
            watches.add(watchdog.watch(name, executor, stall));
        }
    }

    @Override
    public void close() {
        watches.forEach(Subscription::close);
        watchdog.release();
    }
}
