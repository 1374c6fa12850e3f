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

    double busySeconds() {
        return userSeconds + systemSeconds + stealSeconds;
    }

    double totalSeconds() {
        return busySeconds() + idleSeconds + iowaitSeconds;
    }
}
