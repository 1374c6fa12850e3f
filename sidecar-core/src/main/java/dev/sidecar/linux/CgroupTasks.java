package dev.sidecar.linux;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Processes and threads of a control group.
 *
 * @param limit the tightest of the group and those it is in; null for none
 */
public record CgroupTasks(@Nullable Long current, @Nullable Long limit) {

    /** As it is now. */
    public static CgroupTasks read(LinuxFiles files, Cgroup group) {
        Long limit = null;
        String at = group.own("pids");
        for (String level : group.levels("pids")) {
            OptionalLong here = files.number(level + "/pids.max");
            if (here.isPresent() && (limit == null || here.getAsLong() < limit)) {
                limit = here.getAsLong();
                at = level;
            }
        }
        return new CgroupTasks(at == null ? null : Fields.orNull(files.number(at + "/pids.current")), limit);
    }
}
