package dev.sidecar.config;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener at its own place in the store's changes, called on a thread that is there only while there is something
 * to tell.
 */
final class ConfigWatcher implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatcher.class);

    private static final int BATCH = 256;
    private static final long LONGEST_CALL_MS = 1_000;

    private final ConfigStore store;
    private final String prefix;
    private final Consumer<ConfigChange> listener;
    private final Consumer<ConfigWatcher> closing;
    private final ExecutorService thread = Threads.serial("config-listener");
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final ReentrantLock calling = new ReentrantLock();
    private final Queue<ConfigChange> ofLayers = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private long position;

    ConfigWatcher(
            ConfigStore store,
            String prefix,
            long after,
            Consumer<ConfigChange> listener,
            Consumer<ConfigWatcher> closing) {
        this.store = store;
        this.prefix = prefix;
        this.position = after;
        this.listener = listener;
        this.closing = closing;
    }

    /** The store may have changed; signals that come before it is looked at are one. */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            try {
                thread.execute(this::advance);
            } catch (RejectedExecutionException e) {
                LOG.trace("closed", e);
            }
        }
    }

    /** A change of a lower layer. */
    void add(ConfigChange change) {
        if (ConfigKeys.isWithin(change.key(), prefix)) {
            ofLayers.add(change);
            signal();
        }
    }

    private void advance() {
        calling.lock();
        try {
            signalled.set(false);
            int told = BATCH;
            while (told == BATCH && !closed) {
                told = batch();
            }
            for (ConfigChange change = ofLayers.poll(); change != null; change = ofLayers.poll()) {
                tell(change);
            }
        } catch (RuntimeException e) {
            // The signal tries again when the store can be read.
            LOG.debug("Changes of the config store cannot be read: {}", e.getMessage());
        } finally {
            calling.unlock();
        }
    }

    private int batch() {
        ConfigStore.Changes next = store.changes(position, BATCH);
        if (next.from() != position) {
            if (position != 0) {
                tell(ConfigChange.reset(next.from()));
            }
            position = next.from();
        }
        for (ConfigChange change : next.changes()) {
            if (ConfigKeys.isWithin(change.key(), prefix)) {
                tell(change);
            }
            position = change.index();
        }
        return next.changes().size();
    }

    private void tell(ConfigChange change) {
        if (closed) {
            return;
        }
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.warn("A listener for changes of the configuration failed", e);
        }
    }

    /** Waits for a call that runs, unless it comes from that call or the call is stuck. */
    @Override
    public void close() {
        closed = true;
        closing.accept(this);
        thread.shutdown();
        try {
            if (calling.tryLock(LONGEST_CALL_MS, TimeUnit.MILLISECONDS)) {
                calling.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
