package dev.sidecar.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process.
 *
 * @param name of the program, at most 15 bytes on Linux
 * @param cpuSeconds user and system time since it was started
 * @param coresUsed since the sample before, 1 is one whole core; null in the first
 * @param rssBytes memory that is resident, shared pages counted in full
 * @param pssBytes the same with shared pages divided by who shares them; null where it may not be read. It is costly,
 *     so it is read about once a minute
 * @param openFds open file descriptors
 * @param readBytes from block devices; null where it may not be read
 */
public record ProcessSample(
        long pid,
        long parentPid,
        String name,
        @Nullable Instant startedAt,
        double cpuSeconds,
        @Nullable Double coresUsed,
        long rssBytes,
        @Nullable Long pssBytes,
        @Nullable Integer openFds,
        @Nullable Integer threads,
        @Nullable Long readBytes,
        @Nullable Long writtenBytes) {}
