package dev.sidecar.config.layers;

import dev.sidecar.Subscription;
import dev.sidecar.config.ConfigLayer;
import dev.sidecar.runtime.Threads;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and directories; of a key that several have, the last one's value counts. Read when made, and again when
 * something happens where they are, on a thread that is there while somebody listens.
 */
final class FilesLayer implements ConfigLayer {

    private static final Logger LOG = LoggerFactory.getLogger(FilesLayer.class);

    private final List<KeptPlace> places;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, LayerValue> values;
    private @Nullable PlaceWatch watch;
    private boolean closed;

    FilesLayer(List<Place> places, Clock clock) {
        this.places = places.stream().map(place -> new KeptPlace(place, clock)).toList();
        this.values = read();
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public Map<String, LayerValue> snapshot() {
        return values;
    }

    @Override
    public synchronized Subscription onChange(Runnable listener) {
        listeners.add(listener);
        if (watch == null && !closed && !places.isEmpty()) {
            // What happened since it was made was not seen.
            values = read();
            watch = new PlaceWatch(this::refresh);
            Threads.named("config-files", watch).start();
        }
        return () -> listeners.remove(listener);
    }

    /** Reads everything again; returns what is to be watched from now on. */
    private PlaceWatch.Next refresh() {
        Map<String, LayerValue> fresh = read();
        if (!fresh.equals(values)) {
            values = fresh;
            listeners.forEach(FilesLayer::call);
        }
        Set<Path> watched = new LinkedHashSet<>();
        places.forEach(place -> watched.addAll(place.place().watched()));
        return new PlaceWatch.Next(watched, places.stream().allMatch(KeptPlace::isWhole));
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener to changed files failed", e);
        }
    }

    private Map<String, LayerValue> read() {
        Map<String, LayerValue> all = new TreeMap<>();
        places.forEach(place -> all.putAll(place.read()));
        return Map.copyOf(all);
    }

    @Override
    public synchronized void close() {
        closed = true;
        listeners.clear();
        if (watch != null) {
            watch.close();
        }
    }
}
