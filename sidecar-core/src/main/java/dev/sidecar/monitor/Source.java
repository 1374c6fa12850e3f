package dev.sidecar.monitor;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where numbers come from on one kind of system. Used by one thread at a time. */
interface Source {

    /**
     * Reads everything once.
     *
     * @param nowNanos of {@link System#nanoTime()}, what rates are computed with
     * @param app the root of the application's processes
     * @param unknown takes what could not be read in time
     */
    Reading read(long nowNanos, OptionalLong app, List<String> unknown);

    /** One reading. */
    record Reading(
            HostSample host,
            @Nullable ContainerSample container,
            @Nullable ProcessTreeSample app,
            ProcessSample sidecar) {}
}
