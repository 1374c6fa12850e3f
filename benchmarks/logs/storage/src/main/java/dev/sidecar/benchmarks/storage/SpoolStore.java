package dev.sidecar.benchmarks.storage;

import dev.sidecar.logging.spool.Payload;
import dev.sidecar.logging.spool.Spool;
import dev.sidecar.logging.spool.SpoolEvents;
import dev.sidecar.logging.spool.SpoolSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The segment files that were built. */
final class SpoolStore implements Store {

    private final Spool spool;

    SpoolStore(Path directory) {
        SpoolSettings settings = new SpoolSettings(() -> directory, "bench", 1L << 30, Duration.ofHours(1), true);
        spool = new Spool(settings, new SpoolEvents() {
            @Override
            public void droppedOldest(long records) {}

            @Override
            public void expired(long records) {}

            @Override
            public void damaged(Path setAside, long unreadableBytes) {
                throw new IllegalStateException(setAside + " is damaged");
            }
        });
    }

    @Override
    public void append(List<byte[]> batch) throws IOException {
        spool.append(batch.stream().map(content -> new Payload(content, 1)).toList());
    }

    @Override
    public void close() {
        spool.close();
    }
}
