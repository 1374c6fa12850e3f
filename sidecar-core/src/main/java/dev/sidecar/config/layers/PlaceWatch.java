package dev.sidecar.config.layers;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has places looked at again when something happens in their directories, and now and then in any case: what is
 * mounted over, or not there yet, tells nothing. Runs on a thread of its owner until closed.
 */
final class PlaceWatch implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlaceWatch.class);

    /** In milliseconds, while all is well. */
    private static final long SLOW = 30_000;

    /** In milliseconds, while something is missing or cannot be watched. */
    private static final long FAST = 2_000;

    /** In milliseconds: who writes a file in parts is given this long to go on. */
    private static final long QUIET = 25;

    private static final int MAX_QUIET = 20;

    private final Supplier<Next> look;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private volatile @Nullable WatchService events;
    private boolean keysAreNew;

    /**
     * What a look has brought.
     *
     * @param directories to be watched
     * @param whole whether everything could be read
     */
    record Next(Set<Path> directories, boolean whole) {}

    PlaceWatch(Supplier<Next> look) {
        this.look = look;
    }

    @Override
    public void run() {
        try (WatchService service = open()) {
            events = service;
            boolean more = end.getCount() > 0;
            while (more) {
                Next next = look.get();
                boolean watching = service != null && register(service, next.directories());
                if (watching && keysAreNew) {
                    // What happened before they were watched was not told.
                    keysAreNew = false;
                    next = look.get();
                }
                more = await(service, next.whole() && watching ? SLOW : FAST);
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Closed: the end of this thread.
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
    }

    private static @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.warn(
                    "files cannot be watched and are looked at every {} ms instead: {}"
                            + " (raise fs.inotify.max_user_instances)",
                    FAST,
                    e.getMessage());
            return null;
        }
    }

    /** Returns whether all of them are watched. */
    private boolean register(WatchService service, Set<Path> directories) {
        keys.entrySet().removeIf(entry -> {
            boolean gone = !entry.getValue().isValid() || !directories.contains(entry.getKey());
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        boolean all = true;
        for (Path directory : directories) {
            if (!keys.containsKey(directory)) {
                all &= watch(service, directory);
            }
        }
        return all;
    }

    private boolean watch(WatchService service, Path directory) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_DELETE,
                            StandardWatchEventKinds.ENTRY_MODIFY));
            keysAreNew = true;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns false when closed. */
    private boolean await(@Nullable WatchService service, long atMost) throws InterruptedException {
        if (service == null) {
            return !end.await(atMost, TimeUnit.MILLISECONDS);
        }
        WatchKey key = service.poll(atMost, TimeUnit.MILLISECONDS);
        for (int i = 0; key != null && i < MAX_QUIET; i++) {
            key.pollEvents();
            key.reset();
            key = service.poll(QUIET, TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
        return end.getCount() > 0;
    }

    @Override
    public void close() {
        end.countDown();
        WatchService service = events;
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("closing", e);
            }
        }
    }
}
