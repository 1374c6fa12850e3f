package dev.sidecar.linux;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a control group. The limit is the tightest of the group and those it is in; usage is that of the group
 * whose limit it is.
 *
 * @param limitBytes null for none
 * @param swapLimitBytes null for none
 * @param usageBytes with the page cache
 * @param workingSetBytes usage without inactive file pages
 * @param rssBytes anonymous memory
 * @param oomKills processes of the group killed for want of memory
 */
public record CgroupMemory(
        @Nullable Long limitBytes,
        @Nullable Long swapLimitBytes,
        @Nullable Long usageBytes,
        @Nullable Long workingSetBytes,
        @Nullable Long rssBytes,
        @Nullable Long swapBytes,
        @Nullable Long oomKills) {

    /** Version 1 writes no limit as the largest number of pages. */
    private static final long UNLIMITED = 1L << 60;

    /** As it is now. */
    public static CgroupMemory read(LinuxFiles files, Cgroup group) {
        boolean two = group.version() == 2;
        Long limit = null;
        String at = group.own("memory");
        for (String level : group.levels("memory")) {
            OptionalLong here = files.number(level + (two ? "/memory.max" : "/memory.limit_in_bytes"));
            if (here.isPresent() && here.getAsLong() < UNLIMITED && (limit == null || here.getAsLong() < limit)) {
                limit = here.getAsLong();
                at = level;
            }
        }
        if (at == null) {
            return new CgroupMemory(null, null, null, null, null, null, null);
        }
        Map<String, Long> stat = Fields.table(files.read(at + "/memory.stat"));
        return two ? version2(files, at, limit, stat) : version1(files, at, limit, stat);
    }

    private static CgroupMemory version2(LinuxFiles files, String at, @Nullable Long limit, Map<String, Long> stat) {
        Long usage = Fields.orNull(files.number(at + "/memory.current"));
        return new CgroupMemory(
                limit,
                Fields.orNull(files.number(at + "/memory.swap.max")),
                usage,
                without(usage, stat.get("inactive_file")),
                stat.get("anon"),
                Fields.orNull(files.number(at + "/memory.swap.current")),
                Fields.table(files.read(at + "/memory.events")).get("oom_kill"));
    }

    private static CgroupMemory version1(LinuxFiles files, String at, @Nullable Long limit, Map<String, Long> stat) {
        Long usage = Fields.orNull(files.number(at + "/memory.usage_in_bytes"));
        Long inactive = stat.getOrDefault("total_inactive_file", stat.get("inactive_file"));
        OptionalLong both = files.number(at + "/memory.memsw.limit_in_bytes");
        Long swapLimit = limit != null && both.isPresent() && both.getAsLong() < UNLIMITED
                ? Long.valueOf(Math.max(0, both.getAsLong() - limit))
                : null;
        return new CgroupMemory(
                limit,
                swapLimit,
                usage,
                without(usage, inactive),
                stat.getOrDefault("total_rss", stat.get("rss")),
                stat.getOrDefault("total_swap", stat.get("swap")),
                Fields.table(files.read(at + "/memory.oom_control")).get("oom_kill"));
    }

    private static @Nullable Long without(@Nullable Long usage, @Nullable Long part) {
        return usage == null || part == null ? usage : Long.valueOf(Math.max(0, usage - part));
    }
}
