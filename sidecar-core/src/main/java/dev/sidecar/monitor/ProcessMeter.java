package dev.sidecar.monitor;

import dev.sidecar.linux.Fields;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.ProcessStat;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures one process from sample to sample. Used by one thread at a time. */
final class ProcessMeter {

    /** Proportional memory makes the kernel walk the page table: never more often than this, and less if it is long. */
    private static final long PSS_EVERY_NANOS = 60_000_000_000L;

    private static final long PSS_SHARE = 1000;

    private final LinuxFiles files;
    private final BoundedReads reads;
    private final long pid;
    private final long pageSize;
    private final @Nullable Instant startedAt;
    private @Nullable ProcessSample last;
    private long lastNanos;
    private @Nullable Long pss;
    private @Nullable Long fdLimit;
    private long pssDueNanos;
    private boolean pssKnown;

    ProcessMeter(LinuxFiles files, BoundedReads reads, long pageSize, ProcessStat stat, @Nullable Instant bootedAt) {
        this.files = files;
        this.reads = reads;
        this.pageSize = pageSize;
        this.pid = stat.pid();
        this.startedAt = bootedAt == null ? null : bootedAt.plusMillis((long) (stat.start() * 10));
    }

    ProcessSample measure(ProcessStat stat, long nowNanos) {
        Map<String, Long> io = Fields.table(files.read("/proc/" + pid + "/io"));
        ProcessSample before = last;
        double elapsed = (nowNanos - lastNanos) / 1e9;
        ProcessSample sample = new ProcessSample(
                pid,
                stat.parent(),
                stat.name(),
                startedAt,
                stat.cpuSeconds(),
                before == null || elapsed <= 0 ? null : Math.max(0, stat.cpuSeconds() - before.cpuSeconds()) / elapsed,
                stat.pages() * pageSize,
                pss,
                openFds(),
                stat.threads(),
                io.get("read_bytes"),
                io.get("write_bytes"));
        last = sample;
        lastNanos = nowNanos;
        return sample;
    }

    /** Since Linux 6.2 the directory says how many there are; before, they are counted. */
    private @Nullable Integer openFds() {
        String directory = "/proc/" + pid + "/fd";
        long entries = files.entries(directory);
        int count = entries > 0 ? (int) entries : files.names(directory).size();
        // Even a process that closed everything shows nothing we could tell from "may not be read".
        return count == 0 ? null : count;
    }

    /** Whether what is costly to read is due, as it is at once for a new process. */
    boolean isDue(long nowNanos) {
        return !pssKnown || nowNanos - pssDueNanos >= 0;
    }

    /** Reads what is costly. */
    void refresh(long nowNanos) {
        long began = System.nanoTime();
        pss = reads.ask("pss " + pid, () -> Fields.table(files.read("/proc/" + pid + "/smaps_rollup"))
                        .get("Pss"))
                .orElse(null);
        if (fdLimit == null) {
            fdLimit = limit(files.read("/proc/" + pid + "/limits"));
        }
        pssKnown = true;
        pssDueNanos = nowNanos + Math.max(PSS_EVERY_NANOS, (System.nanoTime() - began) * PSS_SHARE);
    }

    private static @Nullable Long limit(@Nullable String limits) {
        if (limits != null) {
            for (String line : limits.split("\n")) {
                if (line.startsWith("Max open files")) {
                    return Fields.orNull(Fields.number(line.substring(14).trim().split("\\s+")[0]));
                }
            }
        }
        return null;
    }

    /** Open descriptors by the soft limit; null when either is unknown. */
    @Nullable
    Double fdUtilization() {
        ProcessSample sample = last;
        Integer open = sample == null ? null : sample.openFds();
        Long limit = fdLimit;
        return open == null || limit == null || limit <= 0 ? null : (double) open / limit;
    }

    @Nullable
    ProcessSample last() {
        return last;
    }
}
