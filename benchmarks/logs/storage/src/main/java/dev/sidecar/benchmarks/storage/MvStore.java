package dev.sidecar.benchmarks.storage;

import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore, committed and synced for each batch. */
final class MvStore implements Store {

    private final MVStore store;
    private final MVMap<Long, byte[]> map;
    private long next;

    MvStore(Path directory) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("spool.mv").toString())
                .autoCommitDisabled()
                .open();
        map = store.openMap("spool");
    }

    @Override
    public synchronized void append(List<byte[]> batch) {
        batch.forEach(content -> map.append(next++, content));
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
