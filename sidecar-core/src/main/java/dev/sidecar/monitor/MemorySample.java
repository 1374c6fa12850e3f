package dev.sidecar.monitor;

/**
 * Memory of the host.
 *
 * @param availableBytes what can be had without swapping
 * @param usedBytes total less available
 * @param utilization used by total, 0 to 1
 */
public record MemorySample(
        long totalBytes,
        long availableBytes,
        long freeBytes,
        long cachedBytes,
        long usedBytes,
        double utilization,
        long swapTotalBytes,
        long swapUsedBytes) {

    static MemorySample of(long total, long available, long free, long cached, long swapTotal, long swapFree) {
        long used = Math.max(0, total - available);
        return new MemorySample(
                total,
                available,
                free,
                cached,
                used,
                total == 0 ? 0 : (double) used / total,
                swapTotal,
                Math.max(0, swapTotal - swapFree));
    }
}
