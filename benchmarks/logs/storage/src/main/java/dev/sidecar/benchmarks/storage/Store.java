package dev.sidecar.benchmarks.storage;

import java.nio.file.Path;
import java.util.List;

/** An engine a spool could be built on. Thread-safe. */
interface Store extends AutoCloseable {

    /** Returns once the whole batch is on the disk. */
    void append(List<byte[]> batch) throws Exception;

    /** Makes one in an empty directory. */
    interface Factory {
        Store in(Path directory) throws Exception;
    }
}
