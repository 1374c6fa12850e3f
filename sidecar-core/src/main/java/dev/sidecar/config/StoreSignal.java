package dev.sidecar.config;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the processes of a host of each other's writes: who wrote touches a file, and the file system tells those who
 * listen. A writer may be killed before it touches, so the store is asked once a second too. There is a thread while
 * somebody listens.
 */
final class StoreSignal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSignal.class);

    private static final String NAME = "changed";
    private static final long TICK_MS = 1_000;
    private static final long TICK_WITHOUT_EVENTS_MS = 500;
    private static final long LONGEST_END_MS = 1_000;

    private final StoreFile file;
    private final LongSupplier index;
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private @Nullable Thread thread;
    private @Nullable Thread latest;
    private @Nullable WatchService watching;
    private boolean failing;
    private long lastIndex;
    private volatile boolean closed;

    StoreSignal(StoreFile file, LongSupplier index) {
        this.file = file;
        this.index = index;
    }

    /** After a write. */
    void changed() {
        try (FileChannel channel =
                FileChannel.open(file.directory().resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'.'}), 0);
        } catch (IOException e) {
            LOG.debug("Others will notice the change within a second", e);
        }
        tell();
    }

    Subscription listen(Runnable listener) {
        listeners.add(listener);
        synchronized (this) {
            if (thread == null && !closed) {
                lastIndex = Long.MIN_VALUE;
                Thread begun = Threads.named("config-watch", this::run);
                thread = begun;
                latest = begun;
                begun.start();
            }
        }
        return () -> {
            listeners.remove(listener);
            endIfIdle();
        };
    }

    private synchronized void endIfIdle() {
        if (listeners.isEmpty() && thread != null) {
            thread = null;
            notifyAll();
            end(watching);
        }
    }

    private void run() {
        while (isWanted()) {
            try (WatchService events = watch()) {
                follow(events);
            } catch (InterruptedException | ClosedWatchServiceException e) {
                LOG.trace("ended", e);
            } catch (IOException e) {
                LOG.debug("No events for the config store", e);
                rest();
                look();
            }
        }
    }

    private synchronized boolean isWanted() {
        return thread == Thread.currentThread();
    }

    private WatchService watch() throws IOException {
        Path directory = file.directory();
        WatchService events = directory.getFileSystem().newWatchService();
        try {
            directory.register(events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            begin(events);
            return events;
        } catch (IOException e) {
            events.close();
            throw e;
        }
    }

    /** Until the directory is gone. */
    private void follow(WatchService events) throws InterruptedException {
        look();
        boolean valid = true;
        while (valid && isWanted()) {
            WatchKey key = events.poll(TICK_MS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                valid = key.reset();
            }
            look();
        }
    }

    /** Not interrupted when it is to end: that would break what the store does at the moment. */
    private synchronized void begin(WatchService events) {
        watching = events;
        if (!isWanted()) {
            end(events);
        }
    }

    private static void end(@Nullable WatchService events) {
        try {
            if (events != null) {
                events.close();
            }
        } catch (IOException e) {
            LOG.trace("Nothing is left to be done about it", e);
        }
    }

    private synchronized void rest() {
        try {
            if (isWanted()) {
                wait(TICK_WITHOUT_EVENTS_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            long current = index.getAsLong();
            if (failing) {
                failing = false;
                LOG.info("The config store can be read again");
            }
            if (current != lastIndex) {
                lastIndex = current;
                tell();
            }
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("Changes of the config store are not seen: {}", e.getMessage());
            }
        }
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Waits for its thread, which makes the store's directory when it is not there: nothing may come after this. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            listeners.clear();
            last = latest;
            endIfIdle();
        }
        if (last == null || last == Thread.currentThread()) {
            return;
        }
        try {
            last.join(LONGEST_END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
