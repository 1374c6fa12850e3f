package dev.sidecar.monitor;

import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.ProcessFamily;
import dev.sidecar.linux.ProcessStat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Measures a tree of processes from sample to sample, and this process beside it. Used by one thread at a time. */
final class ProcessTrees {

    /** What costly reads may take of one sample. */
    private static final long BUDGET_NANOS = 10_000_000;

    private record Key(long pid, long start) {}

    private final LinuxFiles files;
    private final BoundedReads reads;
    private final long self;
    private final long pageSize;
    private final ProcessFamily family;
    private final Map<Key, ProcessMeter> meters = new HashMap<>();
    private final Ended ended = new Ended();
    private @Nullable Key root;
    private @Nullable ProcessMeter own;
    private double lastCpu;
    private long lastNanos;

    /** What processes of the tree had used when they were last seen. */
    private static final class Ended {
        double cpuSeconds;
        long readBytes;
        long writtenBytes;

        void clear() {
            cpuSeconds = 0;
            readBytes = 0;
            writtenBytes = 0;
        }

        void add(ProcessSample sample) {
            cpuSeconds += sample.cpuSeconds();
            readBytes += sample.readBytes() == null ? 0 : sample.readBytes();
            writtenBytes += sample.writtenBytes() == null ? 0 : sample.writtenBytes();
        }
    }

    ProcessTrees(LinuxFiles files, BoundedReads reads, long self) {
        this.files = files;
        this.reads = reads;
        this.self = self;
        this.pageSize = PageSize.of(files, self);
        this.family = new ProcessFamily(files, self);
    }

    /** This process. */
    ProcessSample self(long nowNanos, @Nullable Instant bootedAt) {
        ProcessStat stat = ProcessStat.read(files, self);
        if (stat == null) {
            return new ProcessSample(self, 0, "?", null, 0, null, 0, null, null, null, null, null);
        }
        ProcessMeter meter = own;
        if (meter == null) {
            meter = new ProcessMeter(files, reads, pageSize, stat, bootedAt);
            own = meter;
        }
        if (meter.isDue(nowNanos)) {
            meter.refresh(nowNanos);
        }
        return meter.measure(stat, nowNanos);
    }

    /** The tree below and with this process, null when it has ended. */
    @Nullable
    ProcessTreeSample tree(long pid, long nowNanos, @Nullable Instant bootedAt) {
        List<ProcessStat> members = family.members(pid);
        if (members.isEmpty()) {
            forget();
            return null;
        }
        Key head = new Key(pid, members.get(0).start());
        boolean first = !head.equals(root);
        if (first) {
            forget();
            root = head;
        }
        List<ProcessMeter> measured = new ArrayList<>();
        Set<Key> alive = new HashSet<>();
        for (ProcessStat stat : members) {
            Key key = new Key(stat.pid(), stat.start());
            ProcessMeter meter =
                    meters.computeIfAbsent(key, k -> new ProcessMeter(files, reads, pageSize, stat, bootedAt));
            meter.measure(stat, nowNanos);
            alive.add(key);
            measured.add(meter);
        }
        retire(alive);
        refresh(measured, nowNanos);
        ProcessTreeSample sample = sum(measured, nowNanos, first);
        lastCpu = sample.cpuSeconds();
        lastNanos = nowNanos;
        return sample;
    }

    void forget() {
        root = null;
        meters.clear();
        ended.clear();
    }

    private void retire(Set<Key> alive) {
        meters.entrySet().removeIf(entry -> {
            boolean gone = !alive.contains(entry.getKey());
            ProcessSample last = entry.getValue().last();
            if (gone && last != null) {
                ended.add(last);
            }
            return gone;
        });
    }

    private static void refresh(List<ProcessMeter> measured, long nowNanos) {
        long began = System.nanoTime();
        for (ProcessMeter meter : measured) {
            if (meter.isDue(nowNanos)) {
                meter.refresh(nowNanos);
                if (System.nanoTime() - began > BUDGET_NANOS) {
                    return;
                }
            }
        }
    }

    private ProcessTreeSample sum(List<ProcessMeter> measured, long nowNanos, boolean first) {
        List<ProcessSample> samples = new ArrayList<>();
        Double fdUtilization = null;
        for (ProcessMeter meter : measured) {
            ProcessSample last = meter.last();
            if (last != null) {
                samples.add(last);
            }
            Double share = meter.fdUtilization();
            if (share != null && (fdUtilization == null || share > fdUtilization)) {
                fdUtilization = share;
            }
        }
        ProcessSample head = samples.get(0);
        double cpu = ended.cpuSeconds
                + samples.stream().mapToDouble(ProcessSample::cpuSeconds).sum();
        double elapsed = (nowNanos - lastNanos) / 1e9;
        boolean allPss = samples.stream().allMatch(sample -> sample.pssBytes() != null);
        return new ProcessTreeSample(
                head.pid(),
                head.startedAt(),
                samples.size(),
                cpu,
                first || elapsed <= 0 ? null : Math.max(0, cpu - lastCpu) / elapsed,
                samples.stream().mapToLong(ProcessSample::rssBytes).sum(),
                allPss ? sum(samples, ProcessSample::pssBytes, 0) : null,
                sum(samples, ProcessSample::openFds, 0),
                fdUtilization,
                sum(samples, ProcessSample::threads, 0),
                sum(samples, ProcessSample::readBytes, ended.readBytes),
                sum(samples, ProcessSample::writtenBytes, ended.writtenBytes),
                samples.stream()
                        .sorted(Comparator.comparingLong(ProcessSample::rssBytes)
                                .reversed())
                        .limit(ProcessTreeSample.LISTED)
                        .toList());
    }

    /** Null when none is known. */
    private static @Nullable Long sum(
            List<ProcessSample> samples, Function<ProcessSample, @Nullable Number> value, long start) {
        Long sum = null;
        for (ProcessSample sample : samples) {
            Number number = value.apply(sample);
            if (number != null) {
                sum = (sum == null ? start : sum) + number.longValue();
            }
        }
        return sum;
    }
}
