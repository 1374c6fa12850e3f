package dev.sidecar.monitor;

import org.jspecify.annotations.Nullable;

/**
 * The control group of the application: what it uses of what it may use.
 *
 * @param cgroupVersion 1 or 2
 * @param pressure of this group alone; only with version 2
 * @param oomKills of its processes, for want of memory
 * @param pids processes and threads
 */
public record ContainerSample(
        int cgroupVersion,
        @Nullable Cpu cpu,
        @Nullable Memory memory,
        @Nullable Io io,
        @Nullable Pids pids,
        @Nullable PressureSample pressure,
        @Nullable Long oomKills) {

    /**
     * Processor time.
     *
     * @param limitCores null for no limit
     * @param usageSeconds since the group was made
     * @param coresUsed since the sample before; null in the first
     * @param utilization cores used by the limit, or by the host's processors; 0 to 1
     * @param periods of the CFS quota in which it ran
     * @param throttledPeriods of these, in which it was stopped for the rest of the period
     * @param throttledSeconds for which it was stopped
     */
    public record Cpu(
            @Nullable Double limitCores,
            @Nullable Double usageSeconds,
            @Nullable Double coresUsed,
            @Nullable Double utilization,
            @Nullable Long periods,
            @Nullable Long throttledPeriods,
            @Nullable Double throttledSeconds) {}

    /**
     * Memory.
     *
     * @param limitBytes null for no limit
     * @param usageBytes with the page cache
     * @param workingSetBytes without the part of the page cache that is easily given back
     * @param utilization working set by the limit, 0 to 1; null without a limit
     */
    public record Memory(
            @Nullable Long limitBytes,
            @Nullable Long usageBytes,
            @Nullable Long workingSetBytes,
            @Nullable Long rssBytes,
            @Nullable Long swapBytes,
            @Nullable Double utilization) {}

    /** Bytes to and from block devices. */
    public record Io(long readBytes, long writtenBytes) {}

    /** Processes and threads; the limit is null for none. */
    public record Pids(@Nullable Long current, @Nullable Long limit) {}
}
