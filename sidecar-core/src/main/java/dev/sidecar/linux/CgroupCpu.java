package dev.sidecar.linux;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of a control group. The quota is the tightest of the group and those it is in; what is counted is
 * counted where that quota is.
 *
 * @param limitCores quota by period; null for none
 * @param weight {@code cpu.weight} of version 2, {@code cpu.shares} of version 1
 * @param cpuset processors it may run on, such as {@code 0-3}
 */
public record CgroupCpu(
        @Nullable Double limitCores,
        @Nullable Long weight,
        @Nullable String cpuset,
        @Nullable Double usageSeconds,
        @Nullable Long periods,
        @Nullable Long throttledPeriods,
        @Nullable Double throttledSeconds) {

    /** As it is now. */
    public static CgroupCpu read(LinuxFiles files, Cgroup group) {
        Double limit = null;
        String at = group.own("cpu");
        for (String level : group.levels("cpu")) {
            Double here = group.version() == 2 ? quota2(files, level) : quota1(files, level);
            if (here != null && (limit == null || here < limit)) {
                limit = here;
                at = level;
            }
        }
        String own = group.own("cpu");
        if (own == null || at == null) {
            return new CgroupCpu(null, null, cpuset(files, group), null, null, null, null);
        }
        Map<String, Long> stat = Fields.table(files.read(at + "/cpu.stat"));
        return group.version() == 2
                ? new CgroupCpu(
                        limit,
                        Fields.orNull(files.number(own + "/cpu.weight")),
                        cpuset(files, group),
                        seconds(stat.get("usage_usec"), 1e6),
                        stat.get("nr_periods"),
                        stat.get("nr_throttled"),
                        seconds(stat.get("throttled_usec"), 1e6))
                : new CgroupCpu(
                        limit,
                        Fields.orNull(files.number(own + "/cpu.shares")),
                        cpuset(files, group),
                        seconds(usage1(files, group), 1e9),
                        stat.get("nr_periods"),
                        stat.get("nr_throttled"),
                        seconds(stat.get("throttled_time"), 1e9));
    }

    private static @Nullable Long usage1(LinuxFiles files, Cgroup group) {
        String own = group.own("cpuacct");
        return own == null ? null : Fields.orNull(files.number(own + "/cpuacct.usage"));
    }

    private static @Nullable Double seconds(@Nullable Long count, double perSecond) {
        return count == null ? null : count / perSecond;
    }

    private static @Nullable Double quota2(LinuxFiles files, String level) {
        String line = files.word(level + "/cpu.max");
        String[] words = line == null ? new String[0] : line.split(" ");
        return words.length < 2 ? null : ratio(Fields.number(words[0]), Fields.number(words[1]));
    }

    private static @Nullable Double quota1(LinuxFiles files, String level) {
        return ratio(files.number(level + "/cpu.cfs_quota_us"), files.number(level + "/cpu.cfs_period_us"));
    }

    private static @Nullable Double ratio(OptionalLong quota, OptionalLong period) {
        boolean limited = quota.isPresent() && period.isPresent() && quota.getAsLong() > 0 && period.getAsLong() > 0;
        return limited ? (double) quota.getAsLong() / period.getAsLong() : null;
    }

    private static @Nullable String cpuset(LinuxFiles files, Cgroup group) {
        String own = group.own("cpuset");
        if (own == null) {
            return null;
        }
        String effective = files.word(own + "/cpuset.cpus.effective");
        return effective != null ? effective : files.word(own + "/cpuset.cpus");
    }
}
