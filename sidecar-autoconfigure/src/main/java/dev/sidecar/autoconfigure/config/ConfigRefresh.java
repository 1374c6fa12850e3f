package dev.sidecar.autoconfigure.config;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.SmartLifecycle;

/** Reads the values again after each change and tells the application which are others. */
final class ConfigRefresh implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConfigRefresh.class);

    private final Sidecar sidecar;
    private final ValuesInEnvironment environment;
    private final ChangedNames changed;
    private final AtomicBoolean due = new AtomicBoolean();
    private @Nullable ExecutorService thread;
    private @Nullable Subscription watch;

    /** Is told which names have other values. */
    @FunctionalInterface
    interface ChangedNames {
        void tell(Set<String> names);
    }

    ConfigRefresh(Sidecar sidecar, ValuesInEnvironment environment, ChangedNames changed) {
        this.sidecar = sidecar;
        this.environment = environment;
        this.changed = changed;
    }

    @Override
    public synchronized void start() {
        if (watch == null) {
            ExecutorService own = Threads.serial("config-refresh");
            thread = own;
            watch = sidecar.config().watch("", environment.index(), change -> readSoon(own));
        }
    }

    private void readSoon(ExecutorService own) {
        if (due.compareAndSet(false, true)) {
            try {
                own.execute(this::read);
            } catch (RejectedExecutionException e) {
                log.trace("closed", e);
            }
        }
    }

    private void read() {
        due.set(false);
        try {
            Set<String> names = environment.values().replace(sidecar.config().entries(""));
            if (!names.isEmpty()) {
                log.info("Configuration was changed: {}", names);
                changed.tell(names);
            }
        } catch (SidecarException e) {
            log.warn("The configuration was changed and cannot be read: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("A change of the configuration was not taken by all beans: {}", reason(e));
            log.debug("Not taken", e);
        }
    }

    /** Without the value, which may be a secret and is in the messages of the causes. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return failure.getClass().getName();
    }

    @Override
    public synchronized void stop() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return watch != null;
    }

    /** Among the first to start: a change that comes while others start is not left out. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
