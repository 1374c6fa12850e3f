package dev.sidecar.monitor;

import org.jspecify.annotations.Nullable;

/**
 * All processors of the host together; seconds count since the boot.
 *
 * @param count of logical processors
 * @param utilization since the sample before, 0 to 1; null in the first
 */
public record CpuSample(
        int count,
        @Nullable Double utilization,
        double userSeconds,
        double systemSeconds,
        double idleSeconds,
        double iowaitSeconds,
        double stealSeconds) {

    /** The same with the utilization since an earlier one. */
    CpuSample since(CpuSample before) {
        double total = totalSeconds() - before.totalSeconds();
        Double share = total <= 0
                ? null
                : Double.valueOf(Math.min(1, Math.max(0, (busySeconds() - before.busySeconds()) / total)));
        return new CpuSample(count, share, userSeconds, systemSeconds, idleSeconds, iowaitSeconds, stealSeconds);
    }

    /** The same with so many processors. */
    CpuSample of(int processors) {
        return new CpuSample(
                processors, utilization, userSeconds, systemSeconds, idleSeconds, iowaitSeconds, stealSeconds);
    }

    double busySeconds() {
        return userSeconds + systemSeconds + stealSeconds;
    }

    double totalSeconds() {
        return busySeconds() + idleSeconds + iowaitSeconds;
    }
}
