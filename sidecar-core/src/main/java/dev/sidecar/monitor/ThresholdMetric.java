package dev.sidecar.monitor;

import dev.sidecar.json.NearestName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A number of a sample that a threshold can be set on, named as it is found in the JSON of {@code GET /v1/monitor}.
 */
public final class ThresholdMetric {

    private static final Map<String, ThresholdMetric> KNOWN = new LinkedHashMap<>();

    static {
        app("coresUsed", ProcessTreeSample::coresUsed);
        app("rssBytes", ProcessTreeSample::rssBytes);
        app("pssBytes", ProcessTreeSample::pssBytes);
        app("openFds", ProcessTreeSample::openFds);
        app("fdUtilization", ProcessTreeSample::fdUtilization);
        app("threads", ProcessTreeSample::threads);
        app("processCount", ProcessTreeSample::processCount);
        sidecar("coresUsed", ProcessSample::coresUsed);
        sidecar("rssBytes", ProcessSample::rssBytes);
        sidecar("pssBytes", ProcessSample::pssBytes);
        sidecar("openFds", ProcessSample::openFds);
        sidecar("threads", ProcessSample::threads);
        part("host.cpu.utilization", s -> s.host().cpu(), CpuSample::utilization);
        part("host.memory.utilization", s -> s.host().memory(), MemorySample::utilization);
        part("host.memory.availableBytes", s -> s.host().memory(), MemorySample::availableBytes);
        part("host.memory.swapUsedBytes", s -> s.host().memory(), MemorySample::swapUsedBytes);
        part("host.load.oneMinute", s -> s.host().load(), LoadSample::oneMinute);
        part("host.load.fiveMinutes", s -> s.host().load(), LoadSample::fiveMinutes);
        part("host.load.fifteenMinutes", s -> s.host().load(), LoadSample::fifteenMinutes);
        pressure("host", s -> s.host().pressure());
        add("host.fileSystems.utilization", ThresholdMetric::fullest);
        add("host.oomKills", sample -> sample.host().oomKills());
        container("cpu.utilization", ContainerSample::cpu, ContainerSample.Cpu::utilization);
        container("cpu.coresUsed", ContainerSample::cpu, ContainerSample.Cpu::coresUsed);
        container("cpu.throttledSeconds", ContainerSample::cpu, ContainerSample.Cpu::throttledSeconds);
        container("memory.utilization", ContainerSample::memory, ContainerSample.Memory::utilization);
        container("memory.usageBytes", ContainerSample::memory, ContainerSample.Memory::usageBytes);
        container("memory.workingSetBytes", ContainerSample::memory, ContainerSample.Memory::workingSetBytes);
        container("pids.current", ContainerSample::pids, ContainerSample.Pids::current);
        part("container.oomKills", MonitorSample::container, ContainerSample::oomKills);
        pressure("container", s -> s.container() == null ? null : s.container().pressure());
    }

    private final String name;
    private final Function<MonitorSample, @Nullable Number> value;

    private ThresholdMetric(String name, Function<MonitorSample, @Nullable Number> value) {
        this.name = name;
        this.value = value;
    }

    /**
     * The metric of this name.
     *
     * @param property for the message when there is none
     */
    public static ThresholdMetric of(String property, @Nullable String name) {
        ThresholdMetric metric = name == null ? null : KNOWN.get(name);
        if (metric == null) {
            String wrong = name == null ? "is missing" : "'" + name + "' is not known";
            String nearest = name == null
                    ? ""
                    : NearestName.of(name, KNOWN.keySet())
                            .map(near -> " (did you mean " + near + "?)")
                            .orElse("");
            throw new IllegalArgumentException(
                    property + ": " + wrong + nearest + "; give one of " + String.join(", ", KNOWN.keySet()));
        }
        return metric;
    }

    /** All there are. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /** As in the configuration. */
    public String name() {
        return name;
    }

    /** Null when it is unknown. */
    @Nullable
    Double value(MonitorSample sample) {
        Number number = value.apply(sample);
        return number == null ? null : Double.valueOf(number.doubleValue());
    }

    private static void app(String name, Function<ProcessTreeSample, @Nullable Number> value) {
        part("app." + name, MonitorSample::app, value);
    }

    private static void sidecar(String name, Function<ProcessSample, @Nullable Number> value) {
        add("sidecar." + name, sample -> value.apply(sample.sidecar()));
    }

    private static <P> void container(
            String name, Function<ContainerSample, @Nullable P> part, Function<P, @Nullable Number> value) {
        part("container." + name, s -> s.container() == null ? null : part.apply(s.container()), value);
    }

    private static void pressure(String where, Function<MonitorSample, @Nullable PressureSample> pressure) {
        add(where + ".pressure.cpu.some.avg10", s -> avg10(pressure.apply(s), PressureSample::cpu, false));
        add(where + ".pressure.memory.some.avg10", s -> avg10(pressure.apply(s), PressureSample::memory, false));
        add(where + ".pressure.memory.full.avg10", s -> avg10(pressure.apply(s), PressureSample::memory, true));
        add(where + ".pressure.io.some.avg10", s -> avg10(pressure.apply(s), PressureSample::io, false));
        add(where + ".pressure.io.full.avg10", s -> avg10(pressure.apply(s), PressureSample::io, true));
    }

    private static @Nullable Number avg10(
            @Nullable PressureSample pressure,
            Function<PressureSample, PressureSample.@Nullable Resource> resource,
            boolean full) {
        PressureSample.Resource one = pressure == null ? null : resource.apply(pressure);
        PressureSample.Stall stall = one == null ? null : full ? one.full() : one.some();
        return stall == null ? null : stall.avg10();
    }

    private static @Nullable Number fullest(MonitorSample sample) {
        return sample.host().fileSystems().stream()
                .filter(system -> !system.readOnly())
                .map(FileSystemSample::utilization)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static <P> void part(
            String name, Function<MonitorSample, @Nullable P> part, Function<P, @Nullable Number> value) {
        add(name, sample -> {
            P there = part.apply(sample);
            return there == null ? null : value.apply(there);
        });
    }

    private static void add(String name, Function<MonitorSample, @Nullable Number> value) {
        KNOWN.put(name, new ThresholdMetric(name, value));
    }
}
