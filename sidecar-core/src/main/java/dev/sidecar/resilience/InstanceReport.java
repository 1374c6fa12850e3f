package dev.sidecar.resilience;

import org.jspecify.annotations.Nullable;

/**
 * How an instance is doing.
 *
 * @param ejectedForMs how much longer it is left out; null when it is not
 * @param running calls under way
 * @param latencyMs moving average; null before the first answer
 */
public record InstanceReport(
        String instance,
        String address,
        int port,
        @Nullable Long ejectedForMs,
        int running,
        @Nullable Double latencyMs) {}
