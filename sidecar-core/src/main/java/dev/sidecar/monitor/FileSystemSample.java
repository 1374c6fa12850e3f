package dev.sidecar.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A mounted file system. The numbers are null when it did not answer in time.
 *
 * @param availableBytes to unprivileged users
 * @param utilization used by used and available, 0 to 1, as {@code df} has it
 */
public record FileSystemSample(
        String mountPoint,
        String device,
        String type,
        boolean readOnly,
        @Nullable Long totalBytes,
        @Nullable Long usedBytes,
        @Nullable Long availableBytes,
        @Nullable Double utilization) {}
