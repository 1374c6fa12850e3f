package dev.sidecar.environment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The machine.
 *
 * @param architecture such as {@code amd64}
 * @param cpus logical processors
 * @param bootedAt when it was started
 */
public record HostFacts(
        String name,
        String architecture,
        int cpus,
        @Nullable String cpuModel,
        @Nullable Long memoryBytes,
        @Nullable Long swapBytes,
        @Nullable Instant bootedAt) {}
