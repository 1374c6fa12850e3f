package dev.sidecar.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** Measures a tree of processes, and this process beside it, by OSHI. Used by one thread at a time. */
final class OshiProcesses {

    private static final double MILLIS = 1e3;

    private record Key(long pid, long start) {}

    private final OperatingSystem os;
    private final int self;
    private @Nullable Key root;
    private Map<Key, ProcessSample> last = Map.of();
    private @Nullable ProcessSample own;
    private double endedCpuSeconds;
    private long endedReadBytes;
    private long endedWrittenBytes;
    private double lastCpuSeconds;
    private long lastNanos;
    private long ownNanos;

    OshiProcesses(OperatingSystem os, long self) {
        this.os = os;
        this.self = (int) self;
    }

    /** This process. */
    ProcessSample self(long nowNanos) {
        OSProcess process = os.getProcess(self);
        if (process == null) {
            return new ProcessSample(self, 0, "?", null, 0, null, 0, null, null, null, null, null);
        }
        ProcessSample now = sample(process, own, nowNanos - ownNanos);
        own = now;
        ownNanos = nowNanos;
        return now;
    }

    /** The tree below and with this process, null when it has ended. */
    @Nullable
    ProcessTreeSample tree(long pid, long nowNanos) {
        OSProcess head = os.getProcess((int) pid);
        if (head == null) {
            forget();
            return null;
        }
        Key key = new Key(pid, head.getStartTime());
        boolean first = !key.equals(root);
        if (first) {
            forget();
            root = key;
        }
        List<OSProcess> members = new ArrayList<>(List.of(head));
        members.addAll(os.getDescendantProcesses((int) pid, null, null, 0));
        Map<Key, ProcessSample> now = new HashMap<>();
        for (OSProcess member : members) {
            Key each = new Key(member.getProcessID(), member.getStartTime());
            now.put(each, sample(member, last.get(each), nowNanos - lastNanos));
        }
        retire(now);
        ProcessTreeSample tree = sum(now, key, members, first ? 0 : (nowNanos - lastNanos) / 1e9);
        last = now;
        lastCpuSeconds = tree.cpuSeconds();
        lastNanos = nowNanos;
        return tree;
    }

    void forget() {
        root = null;
        last = Map.of();
        endedCpuSeconds = 0;
        endedReadBytes = 0;
        endedWrittenBytes = 0;
    }

    /** What a process had used when it was last seen stays counted. */
    private void retire(Map<Key, ProcessSample> now) {
        last.forEach((key, sample) -> {
            if (!now.containsKey(key)) {
                endedCpuSeconds += sample.cpuSeconds();
                endedReadBytes += orZero(sample.readBytes());
                endedWrittenBytes += orZero(sample.writtenBytes());
            }
        });
    }

    private ProcessTreeSample sum(
            Map<Key, ProcessSample> now, Key head, List<OSProcess> members, double elapsedSeconds) {
        double cpu = endedCpuSeconds
                + now.values().stream().mapToDouble(ProcessSample::cpuSeconds).sum();
        ProcessSample first = now.get(head);
        return new ProcessTreeSample(
                head.pid(),
                first == null ? null : first.startedAt(),
                now.size(),
                cpu,
                elapsedSeconds <= 0 ? null : Math.max(0, cpu - lastCpuSeconds) / elapsedSeconds,
                now.values().stream().mapToLong(ProcessSample::rssBytes).sum(),
                null,
                now.values().stream()
                        .mapToLong(sample -> orZero(sample.openFds()))
                        .sum(),
                members.stream()
                        .map(OshiProcesses::fdUtilization)
                        .max(Double::compare)
                        .orElse(null),
                now.values().stream()
                        .mapToLong(sample -> orZero(sample.threads()))
                        .sum(),
                endedReadBytes
                        + now.values().stream()
                                .mapToLong(sample -> orZero(sample.readBytes()))
                                .sum(),
                endedWrittenBytes
                        + now.values().stream()
                                .mapToLong(sample -> orZero(sample.writtenBytes()))
                                .sum(),
                now.values().stream()
                        .sorted(Comparator.comparingLong(ProcessSample::rssBytes)
                                .reversed())
                        .limit(ProcessTreeSample.LISTED)
                        .toList());
    }

    private static ProcessSample sample(OSProcess process, @Nullable ProcessSample before, long elapsedNanos) {
        double cpu = (process.getKernelTime() + process.getUserTime()) / MILLIS;
        long fds = process.getOpenFiles();
        return new ProcessSample(
                process.getProcessID(),
                process.getParentProcessID(),
                process.getName(),
                Instant.ofEpochMilli(process.getStartTime()),
                cpu,
                before == null || elapsedNanos <= 0
                        ? null
                        : Math.max(0, cpu - before.cpuSeconds()) / (elapsedNanos / 1e9),
                process.getResidentMemory(),
                null,
                fds <= 0 ? null : Integer.valueOf((int) fds),
                process.getThreadCount(),
                process.getBytesRead(),
                process.getBytesWritten());
    }

    private static double fdUtilization(OSProcess process) {
        long limit = process.getSoftOpenFileLimit();
        return limit <= 0 ? 0 : (double) Math.max(0, process.getOpenFiles()) / limit;
    }

    private static long orZero(@Nullable Number number) {
        return number == null ? 0 : number.longValue();
    }
}
