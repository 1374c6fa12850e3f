package dev.sidecar.watchdog;

import dev.sidecar.linux.Fields;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.ProcessStat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What proc(5) says of one process; empty where there is no such process, or it may not be looked at. */
public final class ProcessFiles {

    private static final LinuxFiles FILES = LinuxFiles.ofThisMachine();

    private final long pid;
    private final String directory;

    public ProcessFiles(long pid) {
        this.pid = pid;
        this.directory = "/proc/" + pid;
    }

    /** Memory it has resident, shared pages counted in full. */
    public OptionalLong residentBytes() {
        Long resident = Fields.table(FILES.read(directory + "/status")).get("VmRSS");
        return resident == null ? OptionalLong.empty() : OptionalLong.of(resident);
    }

    /** Descriptors it has open. */
    public OptionalLong descriptors() {
        int open = FILES.names(directory + "/fd").size();
        return open == 0 ? OptionalLong.empty() : OptionalLong.of(open);
    }

    /** CPU time it has used, its ended children's not counted. */
    public OptionalLong cpuNanos() {
        ProcessStat stat = stat();
        return stat == null ? OptionalLong.empty() : OptionalLong.of(Math.round(stat.cpuSeconds() * 1e9));
    }

    /** The process that started it. */
    public OptionalLong parent() {
        ProcessStat stat = stat();
        return stat == null ? OptionalLong.empty() : OptionalLong.of(stat.parent());
    }

    /** One line: name, state, threads, memory, and where in the kernel it waits. */
    public String line() {
        ProcessStat stat = stat();
        if (stat == null) {
            return pid + " has ended";
        }
        return pid + " " + stat.name() + ": state " + stat.state() + ", " + stat.threads() + " threads, "
                + residentBytes().orElse(0) / 1024 + " kB resident, "
                + descriptors().orElse(0) + " descriptors, CPU "
                + Math.round(stat.cpuSeconds() * 1e3) + " ms, waits in " + waits();
    }

    private String waits() {
        String where = FILES.word(directory + "/wchan");
        return where == null || where.equals("0") ? "nothing" : where;
    }

    private @Nullable ProcessStat stat() {
        return ProcessStat.read(FILES, pid);
    }
}
