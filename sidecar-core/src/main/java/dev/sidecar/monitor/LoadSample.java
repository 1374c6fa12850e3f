package dev.sidecar.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Load averages of the host.
 *
 * @param runnable threads that run or want to
 * @param threads on the host
 */
public record LoadSample(
        double oneMinute,
        double fiveMinutes,
        double fifteenMinutes,
        @Nullable Integer runnable,
        @Nullable Integer threads) {}
