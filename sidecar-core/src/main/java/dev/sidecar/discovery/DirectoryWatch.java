package dev.sidecar.discovery;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Tells which names of one directory came or went. */
final class DirectoryWatch implements AutoCloseable {

    private final WatchService events;
    private final Consumer<Set<String>> changed;
    private final Runnable unknown;
    private volatile boolean alive = true;

    private DirectoryWatch(WatchService events, Consumer<Set<String>> changed, Runnable unknown) {
        this.events = events;
        this.changed = changed;
        this.unknown = unknown;
    }

    /**
     * Watches the directory until closed or until it is gone.
     *
     * @param changed called with names; a file replaced by a move counts as come
     * @param unknown called when events were lost, or the directory was
     */
    static DirectoryWatch open(Path directory, Consumer<Set<String>> changed, Runnable unknown) throws IOException {
        WatchService events = directory.getFileSystem().newWatchService();
        try {
            directory.register(events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            events.close();
            throw e;
        }
        DirectoryWatch watch = new DirectoryWatch(events, changed, unknown);
        Threads.named("registry-watch", watch::run).start();
        return watch;
    }

    /** False once the directory is gone: another one in its place may have the same identity, and is not watched. */
    boolean isAlive() {
        return alive;
    }

    private void run() {
        try {
            boolean valid = true;
            while (valid) {
                WatchKey key = events.take();
                deliver(key);
                valid = key.reset();
            }
            alive = false;
            unknown.run();
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    private void deliver(WatchKey key) {
        Set<String> names = new HashSet<>();
        boolean lost = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                names.add(name.toString());
            } else {
                lost = true;
            }
        }
        if (lost) {
            unknown.run();
        } else {
            changed.accept(names);
        }
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            // Nothing is left to be done about it.
        }
    }
}
