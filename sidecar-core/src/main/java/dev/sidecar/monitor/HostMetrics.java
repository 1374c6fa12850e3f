package dev.sidecar.monitor;

import static dev.sidecar.monitor.Metric.BYTES;
import static dev.sidecar.monitor.Metric.RATIO;
import static dev.sidecar.monitor.Metric.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The host as {@code system.*}, and as {@code sidecar.host.*} where OpenTelemetry has no name. */
final class HostMetrics {

    private HostMetrics() {}

    static void add(List<Metric> metrics, MonitorSample sample) {
        metrics.add(Metric.gauge("system.uptime", SECONDS, "Time since the boot", HostMetrics::uptime));
        cpu(metrics);
        memory(metrics);
        load(metrics);
        PressureMetrics.add(metrics, "sidecar.host.pressure.time", s -> s.host().pressure());
        metrics.add(Metric.counter(
                "sidecar.host.oom.kills", "processes", "Processes the kernel killed for want of memory", s -> s.host()
                        .oomKills()));
        sample.host().network().forEach(one -> network(metrics, one.name()));
        sample.host().disks().forEach(one -> disk(metrics, one.name()));
        sample.host().fileSystems().forEach(one -> fileSystem(metrics, one));
    }

    private static @Nullable Number uptime(MonitorSample sample) {
        Instant booted = sample.host().bootedAt();
        return booted == null
                ? null
                : Duration.between(booted, sample.sampledAt()).toSeconds();
    }

    private static void cpu(List<Metric> metrics) {
        metrics.add(of(
                "system.cpu.logical.count",
                "cpus",
                "Logical processors",
                s -> s.host().cpu(),
                CpuSample::count));
        metrics.add(of(
                "system.cpu.utilization",
                RATIO,
                "Share of all processors that was busy since the sample before",
                s -> s.host().cpu(),
                CpuSample::utilization));
        mode(metrics, "user", CpuSample::userSeconds);
        mode(metrics, "system", CpuSample::systemSeconds);
        mode(metrics, "idle", CpuSample::idleSeconds);
        mode(metrics, "iowait", CpuSample::iowaitSeconds);
        mode(metrics, "steal", CpuSample::stealSeconds);
    }

    private static void mode(List<Metric> metrics, String mode, Function<CpuSample, Number> value) {
        metrics.add(Metric.counter(
                "system.cpu.time",
                SECONDS,
                "Time of all processors by what they did",
                s -> s.host().cpu() == null ? null : value.apply(s.host().cpu()),
                "cpu.mode",
                mode));
    }

    private static void memory(List<Metric> metrics) {
        state(metrics, "used", m -> Math.max(0, m.totalBytes() - m.freeBytes() - m.cachedBytes()));
        state(metrics, "free", MemorySample::freeBytes);
        state(metrics, "cached", MemorySample::cachedBytes);
        metrics.add(of(
                "system.memory.limit", BYTES, "Memory there is", s -> s.host().memory(), MemorySample::totalBytes));
        metrics.add(of(
                "system.memory.utilization",
                RATIO,
                "Share of the memory that is not available",
                s -> s.host().memory(),
                MemorySample::utilization));
        metrics.add(of(
                "system.linux.memory.available",
                BYTES,
                "Memory that can be had without swapping",
                s -> s.host().memory(),
                MemorySample::availableBytes));
        metrics.add(of(
                "system.paging.usage",
                BYTES,
                "Swap space in use",
                s -> s.host().memory(),
                MemorySample::swapUsedBytes,
                "system.paging.state",
                "used"));
    }

    private static void state(List<Metric> metrics, String state, Function<MemorySample, Number> value) {
        metrics.add(of(
                "system.memory.usage",
                BYTES,
                "Memory by its state",
                s -> s.host().memory(),
                value,
                "system.memory.state",
                state));
    }

    private static void load(List<Metric> metrics) {
        average(metrics, "1m", LoadSample::oneMinute);
        average(metrics, "5m", LoadSample::fiveMinutes);
        average(metrics, "15m", LoadSample::fifteenMinutes);
    }

    private static void average(List<Metric> metrics, String period, Function<LoadSample, Number> value) {
        metrics.add(of("sidecar.host.load", "", "Load average", s -> s.host().load(), value, "period", period));
    }

    private static void network(List<Metric> metrics, String name) {
        Function<MonitorSample, @Nullable NetworkSample> one = s -> s.host().network().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElse(null);
        traffic(metrics, "system.network.io", BYTES, one, name, NetworkSample::receivedBytes, NetworkSample::sentBytes);
        traffic(
                metrics,
                "system.network.packet.count",
                "packets",
                one,
                name,
                NetworkSample::receivedPackets,
                NetworkSample::sentPackets);
        traffic(
                metrics,
                "system.network.errors",
                "errors",
                one,
                name,
                NetworkSample::receiveErrors,
                NetworkSample::sendErrors);
        traffic(
                metrics,
                "system.network.packet.dropped",
                "packets",
                one,
                name,
                NetworkSample::receiveDropped,
                NetworkSample::sendDropped);
    }

    private static void traffic(
            List<Metric> metrics,
            String metric,
            String unit,
            Function<MonitorSample, @Nullable NetworkSample> one,
            String name,
            Function<NetworkSample, Number> in,
            Function<NetworkSample, Number> out) {
        String description = "By interface and direction";
        String[] received = {"network.interface.name", name, "network.io.direction", "receive"};
        String[] sent = {"network.interface.name", name, "network.io.direction", "transmit"};
        metrics.add(counter(metric, unit, description, one, in, received));
        metrics.add(counter(metric, unit, description, one, out, sent));
    }

    private static void disk(List<Metric> metrics, String name) {
        Function<MonitorSample, @Nullable DiskSample> one = s -> s.host().disks().stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElse(null);
        String[] read = {"system.device", name, "disk.io.direction", "read"};
        String[] write = {"system.device", name, "disk.io.direction", "write"};
        String description = "By device and direction";
        metrics.add(counter("system.disk.io", BYTES, description, one, DiskSample::readBytes, read));
        metrics.add(counter("system.disk.io", BYTES, description, one, DiskSample::writtenBytes, write));
        metrics.add(counter("system.disk.operations", "operations", description, one, DiskSample::reads, read));
        metrics.add(counter("system.disk.operations", "operations", description, one, DiskSample::writes, write));
        metrics.add(counter(
                "system.disk.io_time",
                SECONDS,
                "Time in which the device had something to do",
                one,
                DiskSample::busySeconds,
                "system.device",
                name));
    }

    private static void fileSystem(List<Metric> metrics, FileSystemSample sample) {
        Function<MonitorSample, @Nullable FileSystemSample> one = s -> s.host().fileSystems().stream()
                .filter(f -> f.mountPoint().equals(sample.mountPoint()))
                .findFirst()
                .orElse(null);
        String[] tags = {
            "system.device",
            sample.device(),
            "system.filesystem.mountpoint",
            sample.mountPoint(),
            "system.filesystem.type",
            sample.type()
        };
        metrics.add(of(
                        "system.filesystem.usage",
                        BYTES,
                        "Space by state",
                        one,
                        FileSystemSample::usedBytes,
                        with(tags, "used"))
                .ofDevice());
        metrics.add(of(
                        "system.filesystem.usage",
                        BYTES,
                        "Space by state",
                        one,
                        FileSystemSample::availableBytes,
                        with(tags, "free"))
                .ofDevice());
        metrics.add(of(
                        "system.filesystem.utilization",
                        RATIO,
                        "Share of the space that is used",
                        one,
                        FileSystemSample::utilization,
                        tags)
                .ofDevice());
    }

    private static String[] with(String[] tags, String state) {
        String[] more = Arrays.copyOf(tags, tags.length + 2);
        more[tags.length] = "system.filesystem.state";
        more[tags.length + 1] = state;
        return more;
    }

    private static <P> Metric of(
            String name,
            String unit,
            String description,
            Function<MonitorSample, @Nullable P> part,
            Function<P, @Nullable Number> value,
            String... tags) {
        return Metric.gauge(name, unit, description, part(part, value), tags);
    }

    private static <P> Metric counter(
            String name,
            String unit,
            String description,
            Function<MonitorSample, @Nullable P> part,
            Function<P, @Nullable Number> value,
            String... tags) {
        return Metric.counter(name, unit, description, part(part, value), tags).ofDevice();
    }

    private static <P> Function<MonitorSample, @Nullable Number> part(
            Function<MonitorSample, @Nullable P> part, Function<P, @Nullable Number> value) {
        return sample -> {
            P there = part.apply(sample);
            return there == null ? null : value.apply(Objects.requireNonNull(there));
        };
    }
}
