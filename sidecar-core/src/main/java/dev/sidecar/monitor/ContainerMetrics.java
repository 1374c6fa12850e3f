package dev.sidecar.monitor;

import static dev.sidecar.monitor.Metric.BYTES;
import static dev.sidecar.monitor.Metric.SECONDS;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The control group as {@code container.*}, and as {@code sidecar.container.*} where OpenTelemetry has no name. */
final class ContainerMetrics {

    private ContainerMetrics() {}

    static void add(List<Metric> metrics) {
        metrics.add(Metric.counter(
                "container.cpu.time", SECONDS, "Processor time", cpu(ContainerSample.Cpu::usageSeconds)));
        metrics.add(Metric.gauge("container.cpu.usage", "cpus", "Cores in use", cpu(ContainerSample.Cpu::coresUsed)));
        metrics.add(Metric.gauge(
                "sidecar.container.cpu.limit", "cpus", "Cores allowed", cpu(ContainerSample.Cpu::limitCores)));
        metrics.add(Metric.counter(
                "sidecar.container.cpu.periods",
                "periods",
                "Periods of the quota in which it ran",
                cpu(ContainerSample.Cpu::periods)));
        metrics.add(Metric.counter(
                "sidecar.container.cpu.throttled.periods",
                "periods",
                "Periods in which the quota stopped it",
                cpu(ContainerSample.Cpu::throttledPeriods)));
        metrics.add(Metric.counter(
                "sidecar.container.cpu.throttled.time",
                SECONDS,
                "Time for which the quota stopped it",
                cpu(ContainerSample.Cpu::throttledSeconds)));
        memory(metrics);
        metrics.add(io("read", ContainerSample.Io::readBytes));
        metrics.add(io("write", ContainerSample.Io::writtenBytes));
        metrics.add(Metric.gauge(
                "sidecar.container.tasks",
                "tasks",
                "Processes and threads",
                part(ContainerSample::pids, ContainerSample.Pids::current)));
        metrics.add(Metric.counter(
                "sidecar.container.oom.kills",
                "processes",
                "Processes killed for want of memory",
                part(container -> container, ContainerSample::oomKills)));
        PressureMetrics.add(
                metrics,
                "sidecar.container.pressure.time",
                sample -> sample.container() == null ? null : sample.container().pressure());
    }

    private static void memory(List<Metric> metrics) {
        metrics.add(Metric.gauge(
                "container.memory.usage", BYTES, "With the page cache", memory(ContainerSample.Memory::usageBytes)));
        metrics.add(Metric.gauge(
                "container.memory.working_set",
                BYTES,
                "Without inactive file pages",
                memory(ContainerSample.Memory::workingSetBytes)));
        metrics.add(Metric.gauge(
                "container.memory.rss", BYTES, "Anonymous memory", memory(ContainerSample.Memory::rssBytes)));
        metrics.add(Metric.gauge(
                "sidecar.container.memory.limit", BYTES, "Memory allowed", memory(ContainerSample.Memory::limitBytes)));
    }

    private static Metric io(String direction, Function<ContainerSample.Io, @Nullable Number> value) {
        return Metric.counter(
                "container.disk.io",
                BYTES,
                "To and from block devices",
                part(ContainerSample::io, value),
                "disk.io.direction",
                direction);
    }

    private static Function<MonitorSample, @Nullable Number> cpu(
            Function<ContainerSample.Cpu, @Nullable Number> value) {
        return part(ContainerSample::cpu, value);
    }

    private static Function<MonitorSample, @Nullable Number> memory(
            Function<ContainerSample.Memory, @Nullable Number> value) {
        return part(ContainerSample::memory, value);
    }

    private static <P> Function<MonitorSample, @Nullable Number> part(
            Function<ContainerSample, @Nullable P> part, Function<P, @Nullable Number> value) {
        return sample -> {
            ContainerSample container = sample.container();
            P there = container == null ? null : part.apply(container);
            return there == null ? null : value.apply(there);
        };
    }
}
