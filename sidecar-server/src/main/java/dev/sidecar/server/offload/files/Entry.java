package dev.sidecar.server.offload.files;

import dev.sidecar.server.offload.negotiation.Coding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found for one path, and by what it is seen that it is not so any more. Thread-safe. */
final class Entry {

    private static final long FRESH_NANOS = 100_000;
    private static final long WITHOUT_SIBLINGS_NANOS = 20_000_000;

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
    private final Path[] absent;
    private volatile long checkedAt;
    private volatile long absenceCheckedAt;

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
        List<Path> nothing = new ArrayList<>();
        seen.forEach((path, fingerprint) -> {
            if (fingerprint != null) {
                present.put(path, fingerprint);
            } else {
                nothing.add(path);
            }
        });
        this.absent = nothing.toArray(Path[]::new);
        this.checkedAt = System.nanoTime();
        this.absenceCheckedAt = checkedAt;
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

    /**
     * Whether it is still so: looked up again at most every tenth of a millisecond. That a compressed file has come to be
     * beside a file is seen within twenty milliseconds: what is sent until then is right too.
     */
    boolean holds() {
        long now = System.nanoTime();
        if (now - checkedAt < FRESH_NANOS) {
            return true;
        }
        for (Map.Entry<Path, Fingerprint> each : present.entrySet()) {
            if (!each.getValue().equals(Fingerprint.ofThere(each.getKey()))) {
                return false;
            }
        }
        if (kind != Kind.FILE || now - absenceCheckedAt >= WITHOUT_SIBLINGS_NANOS) {
            for (Path path : absent) {
                if (Fingerprint.of(path) != null) {
                    return false;
                }
            }
            absenceCheckedAt = now;
        }
        checkedAt = now;
        return true;
    }

    void close() {
        representations.values().forEach(Representation::close);
    }
}
