package dev.sidecar.discovery;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the mirror current once somebody reads: by events of the file system, by a look at owners and leases every
 * second, and by a full scan every few seconds for what events miss.
 */
final class RegistryFollower implements AutoCloseable {

    private static final long TICK_MS = 1_000;
    private static final long TICK_WITHOUT_EVENTS_MS = 500;
    private static final int TICKS_PER_SCAN = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFollower.class);

    private final RegistryDirectory directory;
    private final RegistryMirror mirror;
    private final ScheduledExecutorService timer;
    private volatile boolean following;
    private boolean closed;
    private boolean toldOfNoEvents;
    private @Nullable DirectoryWatch watch;
    private @Nullable Object watched;
    private long ticks;

    RegistryFollower(RegistryDirectory directory, RegistryMirror mirror, ScheduledExecutorService timer) {
        this.directory = directory;
        this.mirror = mirror;
        this.timer = timer;
    }

    /** Begins on the first call; the mirror is current when it returns. */
    void follow() {
        if (!following) {
            begin();
        }
    }

    private synchronized void begin() {
        if (!following && !closed) {
            rewatch();
            mirror.rescan();
            mirror.sweep();
            following = true;
            tickLater();
        }
    }

    private void tickLater() {
        try {
            timer.schedule(this::tick, watch == null ? TICK_WITHOUT_EVENTS_MS : TICK_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.trace("closed", e);
        }
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        try {
            boolean scan = ++ticks % TICKS_PER_SCAN == 0 || mirror.staleSince() != null;
            if (!isWatched() || scan) {
                rewatch();
                mirror.rescan();
            }
            mirror.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Looking after the registry failed; it is tried again", e);
        } finally {
            tickLater();
        }
    }

    private synchronized void resync() {
        if (!closed) {
            rewatch();
            mirror.rescan();
        }
    }

    /** Whether the directory is still the one that is watched: it may have been removed, or moved away. */
    private boolean isWatched() {
        try {
            return watch != null && watch.isAlive() && directory.identity().equals(watched);
        } catch (IOException e) {
            return false;
        }
    }

    private void rewatch() {
        if (isWatched()) {
            return;
        }
        unwatch();
        try {
            watched = directory.identity();
            watch = DirectoryWatch.open(directory.path(), mirror::refresh, this::resync);
            toldOfNoEvents = false;
        } catch (IOException e) {
            if (!toldOfNoEvents) {
                LOG.warn(
                        "The registry is looked at every {} ms instead of watched: {}", TICK_WITHOUT_EVENTS_MS, e + "");
                toldOfNoEvents = true;
            }
        }
    }

    private void unwatch() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        unwatch();
    }
}
