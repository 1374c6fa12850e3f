package dev.sidecar.monitor;

import static dev.sidecar.monitor.Metric.BYTES;
import static dev.sidecar.monitor.Metric.RATIO;
import static dev.sidecar.monitor.Metric.SECONDS;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The application's processes together, and the sidecar's own, as {@code process.*}; and what the monitor costs. */
final class ProcessMetrics {

    private static final String ROLE = "sidecar.role";

    private ProcessMetrics() {}

    static void add(List<Metric> metrics) {
        role(metrics, "app", ProcessMetrics::app);
        role(metrics, "sidecar", ProcessMetrics::sidecar);
        metrics.add(Metric.gauge(
                "sidecar.process.count",
                "processes",
                "Processes of the application",
                s -> s.app() == null ? null : s.app().processCount(),
                ROLE,
                "app"));
        metrics.add(
                Metric.gauge("sidecar.monitor.cost", RATIO, "Share of one core the monitor itself uses", s -> s.cost()
                        .cores()));
        metrics.add(Metric.counter(
                "sidecar.monitor.cpu.time", SECONDS, "Processor time of the monitor itself", s -> s.cost()
                        .cpuSeconds()));
        metrics.add(Metric.gauge(
                "sidecar.monitor.sample.duration",
                SECONDS,
                "How long the last sample took",
                s -> s.cost().lastSampleMs() / 1e3));
    }

    /** What a tree and a process have in common. */
    private record Use(
            double cpuSeconds,
            @Nullable Double coresUsed,
            long rssBytes,
            @Nullable Long pssBytes,
            @Nullable Number openFds,
            @Nullable Number threads,
            @Nullable Long readBytes,
            @Nullable Long writtenBytes) {}

    private static @Nullable Use app(MonitorSample sample) {
        ProcessTreeSample tree = sample.app();
        return tree == null
                ? null
                : new Use(
                        tree.cpuSeconds(),
                        tree.coresUsed(),
                        tree.rssBytes(),
                        tree.pssBytes(),
                        tree.openFds(),
                        tree.threads(),
                        tree.readBytes(),
                        tree.writtenBytes());
    }

    private static Use sidecar(MonitorSample sample) {
        ProcessSample own = sample.sidecar();
        return new Use(
                own.cpuSeconds(),
                own.coresUsed(),
                own.rssBytes(),
                own.pssBytes(),
                own.openFds(),
                own.threads(),
                own.readBytes(),
                own.writtenBytes());
    }

    private static void role(List<Metric> metrics, String role, Function<MonitorSample, @Nullable Use> use) {
        metrics.add(Metric.counter(
                "process.cpu.time", SECONDS, "User and system time", of(use, Use::cpuSeconds), ROLE, role));
        metrics.add(Metric.gauge(
                "process.cpu.utilization",
                RATIO,
                "Share of all processors since the sample before",
                sample -> utilization(sample, use.apply(sample)),
                ROLE,
                role));
        metrics.add(Metric.gauge("process.memory.usage", BYTES, "Resident memory", of(use, Use::rssBytes), ROLE, role));
        metrics.add(Metric.gauge(
                "sidecar.process.memory.pss",
                BYTES,
                "Resident memory, shared pages divided by who shares them",
                of(use, Use::pssBytes),
                ROLE,
                role));
        metrics.add(Metric.gauge(
                "process.unix.file_descriptor.count",
                "descriptors",
                "Open file descriptors",
                of(use, Use::openFds),
                ROLE,
                role));
        metrics.add(Metric.gauge("process.thread.count", "threads", "Threads", of(use, Use::threads), ROLE, role));
        io(metrics, role, "read", of(use, Use::readBytes));
        io(metrics, role, "write", of(use, Use::writtenBytes));
    }

    private static void io(
            List<Metric> metrics, String role, String direction, Function<MonitorSample, @Nullable Number> value) {
        metrics.add(Metric.counter(
                "process.disk.io",
                BYTES,
                "To and from block devices",
                value,
                ROLE,
                role,
                "disk.io.direction",
                direction));
    }

    private static @Nullable Number utilization(MonitorSample sample, @Nullable Use use) {
        CpuSample cpu = sample.host().cpu();
        Double cores = use == null ? null : use.coresUsed();
        return cores == null || cpu == null || cpu.count() == 0 ? null : cores / cpu.count();
    }

    private static Function<MonitorSample, @Nullable Number> of(
            Function<MonitorSample, @Nullable Use> use, Function<Use, @Nullable Number> value) {
        return sample -> {
            Use there = use.apply(sample);
            return there == null ? null : value.apply(there);
        };
    }
}
