package dev.sidecar.server.proxy.tls;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks once a second whether files that are read again changed. One thread, from the first file on. Thread-safe. */
public final class TlsReloading implements AutoCloseable {

    private @Nullable ScheduledExecutorService timer;

    /** Looks until the subscription is closed. */
    public synchronized Subscription each(Runnable look) {
        ScheduledExecutorService running = timer;
        if (running == null) {
            running = Threads.timer("reload");
            timer = running;
        }
        Future<?> ticks = running.scheduleWithFixedDelay(look, 1, 1, TimeUnit.SECONDS);
        return () -> ticks.cancel(false);
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
