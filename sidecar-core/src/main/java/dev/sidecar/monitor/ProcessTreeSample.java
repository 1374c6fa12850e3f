package dev.sidecar.monitor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process and all below it, added up.
 *
 * <p>Processor time and bytes never go back while the tree lives: what a process had used when it was last seen stays
 * counted after its end.
 *
 * @param pid of the root
 * @param startedAt of the root
 * @param cpuSeconds user and system time
 * @param coresUsed since the sample before, 1 is one whole core; null in the first
 * @param rssBytes sum of all, so that shared pages count once for each process
 * @param pssBytes sum of all, null unless it is known of all
 * @param openFds sum of all whose descriptors may be seen, null when none may
 * @param fdUtilization the largest share of its own descriptor limit any process has open, 0 to 1
 * @param processes the largest by resident memory first, at most {@value #LISTED}
 */
public record ProcessTreeSample(
        long pid,
        @Nullable Instant startedAt,
        int processCount,
        double cpuSeconds,
        @Nullable Double coresUsed,
        long rssBytes,
        @Nullable Long pssBytes,
        @Nullable Long openFds,
        @Nullable Double fdUtilization,
        @Nullable Long threads,
        @Nullable Long readBytes,
        @Nullable Long writtenBytes,
        List<ProcessSample> processes) {

    /** How many processes are listed one by one; all are counted. */
    public static final int LISTED = 50;

    public ProcessTreeSample {
        processes = List.copyOf(processes);
    }
}
