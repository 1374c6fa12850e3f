package dev.sidecar.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;

/** What OSHI says of the host. Used by one thread at a time. */
final class OshiHost {

    private static final double MILLIS = 1e3;

    private final SystemInfo system;
    private final CentralProcessor processor;
    private final BoundedReads reads;
    private @Nullable CpuSample lastCpu;

    OshiHost(SystemInfo system, BoundedReads reads) {
        this.system = system;
        this.processor = system.getHardware().getProcessor();
        this.reads = reads;
    }

    HostSample read(List<String> unknown) {
        return new HostSample(
                Instant.ofEpochSecond(system.getOperatingSystem().getSystemBootTime()),
                cpu(),
                memory(),
                load(),
                null,
                system.getHardware().getNetworkIFs(true).stream()
                        .filter(network -> network.getPacketsRecv() + network.getPacketsSent() > 0)
                        .map(OshiHost::network)
                        .toList(),
                system.getHardware().getDiskStores().stream()
                        .filter(disk -> disk.getReads() + disk.getWrites() > 0)
                        .map(OshiHost::disk)
                        .toList(),
                fileSystems(unknown),
                null);
    }

    private CpuSample cpu() {
        long[] ticks = processor.getSystemCpuLoadTicks();
        CpuSample now = new CpuSample(
                processor.getLogicalProcessorCount(),
                null,
                seconds(ticks, TickType.USER) + seconds(ticks, TickType.NICE),
                seconds(ticks, TickType.SYSTEM) + seconds(ticks, TickType.IRQ) + seconds(ticks, TickType.SOFTIRQ),
                seconds(ticks, TickType.IDLE),
                seconds(ticks, TickType.IOWAIT),
                seconds(ticks, TickType.STEAL));
        CpuSample before = lastCpu;
        lastCpu = now;
        return before == null ? now : now.since(before);
    }

    private static double seconds(long[] ticks, TickType type) {
        return ticks[type.getIndex()] / MILLIS;
    }

    private MemorySample memory() {
        GlobalMemory memory = system.getHardware().getMemory();
        long swap = memory.getVirtualMemory().getSwapTotal();
        return MemorySample.of(
                memory.getTotal(),
                memory.getAvailable(),
                memory.getAvailable(),
                0,
                swap,
                swap - memory.getVirtualMemory().getSwapUsed());
    }

    /** Null where the system keeps no load average. */
    private @Nullable LoadSample load() {
        double[] load = processor.getSystemLoadAverage(3);
        return load[0] < 0 ? null : new LoadSample(load[0], load[1], load[2], null, null);
    }

    private static NetworkSample network(NetworkIF network) {
        return new NetworkSample(
                network.getName(),
                network.getBytesRecv(),
                network.getPacketsRecv(),
                network.getInErrors(),
                network.getInDrops(),
                network.getBytesSent(),
                network.getPacketsSent(),
                network.getOutErrors(),
                0);
    }

    private static DiskSample disk(HWDiskStore disk) {
        return new DiskSample(
                disk.getName(),
                disk.getReads(),
                disk.getReadBytes(),
                disk.getWrites(),
                disk.getWriteBytes(),
                disk.getTransferTime() / MILLIS);
    }

    /** Local ones only, and never waited for: OSHI asks them one after the other. */
    private List<FileSystemSample> fileSystems(List<String> unknown) {
        Optional<List<FileSystemSample>> answer =
                reads.ask("file systems", () -> system.getOperatingSystem().getFileSystem().getFileStores(true).stream()
                        .filter(store -> store.getTotalSpace() > 0)
                        .map(OshiHost::fileSystem)
                        .toList());
        if (answer.isEmpty()) {
            unknown.add("file systems: no answer");
        }
        return answer.orElse(List.of());
    }

    private static FileSystemSample fileSystem(OSFileStore store) {
        long used = Math.max(0, store.getTotalSpace() - store.getFreeSpace());
        long available = store.getUsableSpace();
        return new FileSystemSample(
                store.getMount(),
                store.getVolume(),
                store.getType(),
                List.of(store.getOptions().toLowerCase(Locale.ROOT).split(",")).contains("ro"),
                store.getTotalSpace(),
                used,
                available,
                used + available > 0 ? Double.valueOf((double) used / (used + available)) : null);
    }
}
