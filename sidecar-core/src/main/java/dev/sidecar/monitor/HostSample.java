package dev.sidecar.monitor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine.
 *
 * @param bootedAt when it was started
 * @param pressure null where the kernel does not say
 * @param network interfaces, without those that never carried anything
 * @param disks whole ones and their partitions, without those that were never used
 * @param fileSystems on a device or a server; those in memory or of the kernel are left out
 * @param oomKills processes the kernel killed for want of memory since the boot
 */
public record HostSample(
        @Nullable Instant bootedAt,
        @Nullable CpuSample cpu,
        @Nullable MemorySample memory,
        @Nullable LoadSample load,
        @Nullable PressureSample pressure,
        List<NetworkSample> network,
        List<DiskSample> disks,
        List<FileSystemSample> fileSystems,
        @Nullable Long oomKills) {

    public HostSample {
        network = List.copyOf(network);
        disks = List.copyOf(disks);
        fileSystems = List.copyOf(fileSystems);
    }
}
