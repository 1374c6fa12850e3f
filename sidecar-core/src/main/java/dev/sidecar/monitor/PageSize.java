package dev.sidecar.monitor;

import dev.sidecar.linux.Fields;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.ProcessStat;

/** The size of a page of memory, told by a process whose resident memory is known in pages and in kilobytes. */
final class PageSize {

    private PageSize() {}

    static long of(LinuxFiles files, long pid) {
        ProcessStat stat = ProcessStat.read(files, pid);
        Long resident = Fields.table(files.read("/proc/" + pid + "/status")).get("VmRSS");
        if (stat == null || stat.pages() == 0 || resident == null) {
            return 4096;
        }
        double ratio = (double) resident / stat.pages();
        return ratio < 8192 ? 4096 : ratio < 32768 ? 16384 : 65536;
    }
}
