package dev.sidecar.server.offload.files;

import dev.sidecar.server.offload.negotiation.Coding;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was found for one path, and by what it is seen that it is not so any more. Thread-safe. */
final class Entry {

    private static final long FRESH_NANOS = 1_000_000;

    /** What there is. */
    enum Kind {
        FILE,
        DIRECTORY,
        MISSING
    }

    private final Kind kind;
    private final Map<Path, Fingerprint> present = new HashMap<>();
    private final Map<Coding, Representation> representations;
    private final FileFields fields;
    private final boolean cacheable;
    private final Path[] watched;
    private volatile long checkedAt;

    /**
     * @param seen what was at each place that mattered; null for nothing
     * @param cacheable not when a file changed just now: it may change again without showing it
     */
    Entry(
            Kind kind,
            Map<Path, @Nullable Fingerprint> seen,
            Map<Coding, Representation> representations,
            FileFields fields,
            boolean cacheable) {
        this.kind = kind;
        this.representations = new EnumMap<>(Coding.class);
        this.representations.putAll(representations);
        this.fields = fields;
        this.cacheable = cacheable;
        this.watched = seen.keySet().toArray(Path[]::new);
        seen.forEach((path, fingerprint) -> {
            if (fingerprint != null) {
                present.put(path, fingerprint);
            }
        });
        this.checkedAt = System.nanoTime();
    }

    Kind kind() {
        return kind;
    }

    Map<Coding, Representation> representations() {
        return representations;
    }

    FileFields fields() {
        return fields;
    }

    boolean cacheable() {
        return cacheable;
    }

    long weight() {
        return 1024
                + representations.values().stream()
                        .mapToLong(Representation::weight)
                        .sum();
    }

    /** Whether it is still so: looked up again at most every millisecond. */
    boolean holds() {
        long now = System.nanoTime();
        if (now - checkedAt < FRESH_NANOS) {
            return true;
        }
        for (Path path : watched) {
            if (!Objects.equals(Fingerprint.of(path), present.get(path))) {
                return false;
            }
        }
        checkedAt = now;
        return true;
    }

    void close() {
        representations.values().forEach(Representation::close);
    }
}
