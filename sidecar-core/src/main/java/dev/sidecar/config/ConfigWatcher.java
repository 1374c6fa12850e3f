package dev.sidecar.config;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Signal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final ConfigStore store;
    private final String prefix;
    private final Consumer<ConfigChange> listener;
    private final Consumer<ConfigWatcher> closing;
    private final Signal signal = new Signal("config-listener", this::advance);
    private final Queue<ConfigChange> ofLayers = new ConcurrentLinkedQueue<>();
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
        signal.raise();
    }

    /** A change of a lower layer. */
    void add(ConfigChange change) {
        if (ConfigKeys.isWithin(change.key(), prefix)) {
            ofLayers.add(change);
            signal();
        }
    }

    private void advance() {
        try {
            int told = BATCH;
            while (told == BATCH && !signal.isClosed()) {
                told = batch();
            }
        } catch (RuntimeException e) {
            // The signal tries again when the store can be read.
            LOG.debug("Changes of the config store cannot be read: {}", e.getMessage());
            return;
        }
        for (ConfigChange change = ofLayers.poll(); change != null; change = ofLayers.poll()) {
            tell(change);
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
        if (signal.isClosed()) {
            return;
        }
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.warn("A listener for changes of the configuration failed", e);
        }
    }

    @Override
    public void close() {
        closing.accept(this);
        signal.close();
    }
}
