package dev.sidecar.monitor;

import dev.sidecar.linux.Cgroup;
import dev.sidecar.linux.CgroupCpu;
import dev.sidecar.linux.CgroupIo;
import dev.sidecar.linux.CgroupMemory;
import dev.sidecar.linux.CgroupTasks;
import dev.sidecar.linux.LinuxFiles;
import org.jspecify.annotations.Nullable;

/** Measures the control group of a process from sample to sample. */
final class ContainerReader {

    private final LinuxFiles files;
    private @Nullable String process;
    private @Nullable Cgroup group;
    private @Nullable Double lastUsage;
    private long lastNanos;

    ContainerReader(LinuxFiles files) {
        this.files = files;
    }

    /** Null where the process is in no group, or it cannot be seen. */
    @Nullable
    ContainerSample read(String ofProcess, int processors, long nowNanos) {
        if (!ofProcess.equals(process)) {
            process = ofProcess;
            group = Cgroup.of(files, ofProcess).orElse(null);
            lastUsage = null;
        }
        Cgroup current = group;
        if (current == null) {
            return null;
        }
        CgroupMemory memory = CgroupMemory.read(files, current);
        CgroupTasks tasks = CgroupTasks.read(files, current);
        PressureSample pressure = new PressureSample(
                Pressure.read(files, current.pressureFile("cpu")),
                Pressure.read(files, current.pressureFile("memory")),
                Pressure.read(files, current.pressureFile("io")));
        return new ContainerSample(
                current.version(),
                cpu(CgroupCpu.read(files, current), processors, nowNanos),
                memory(memory),
                CgroupIo.read(files, current)
                        .map(io -> new ContainerSample.Io(io.readBytes(), io.writtenBytes()))
                        .orElse(null),
                tasks.current() == null && tasks.limit() == null
                        ? null
                        : new ContainerSample.Pids(tasks.current(), tasks.limit()),
                pressure.isEmpty() ? null : pressure,
                memory.oomKills());
    }

    private ContainerSample.Cpu cpu(CgroupCpu cpu, int processors, long nowNanos) {
        Double usage = cpu.usageSeconds();
        Double before = lastUsage;
        double elapsed = (nowNanos - lastNanos) / 1e9;
        Double cores = usage == null || before == null || elapsed <= 0
                ? null
                : Double.valueOf(Math.max(0, usage - before) / elapsed);
        lastUsage = usage;
        lastNanos = nowNanos;
        double most = cpu.limitCores() == null ? Math.max(1, processors) : cpu.limitCores();
        return new ContainerSample.Cpu(
                cpu.limitCores(),
                usage,
                cores,
                cores == null ? null : Double.valueOf(cores / most),
                cpu.periods(),
                cpu.throttledPeriods(),
                cpu.throttledSeconds());
    }

    private static ContainerSample.Memory memory(CgroupMemory memory) {
        Long limit = memory.limitBytes();
        Long used = memory.workingSetBytes();
        return new ContainerSample.Memory(
                limit,
                memory.usageBytes(),
                used,
                memory.rssBytes(),
                memory.swapBytes(),
                limit == null || used == null || limit == 0 ? null : Double.valueOf((double) used / limit));
    }
}
