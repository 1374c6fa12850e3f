package dev.sidecar.monitor;

import dev.sidecar.linux.Fields;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.ProcessStat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code /proc} says of the host. */
final class HostReader {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** The unit of {@code /proc/diskstats}, whatever the device's own is. */
    private static final long SECTOR = 512;

    private final LinuxFiles files;
    private final FileSystems fileSystems;
    private @Nullable CpuSample lastCpu;
    private @Nullable Instant bootedAt;

    HostReader(LinuxFiles files, BoundedReads reads) {
        this.files = files;
        this.fileSystems = new FileSystems(files, reads);
    }

    HostSample read(List<String> unknown) {
        CpuSample cpu = cpu();
        PressureSample pressure = new PressureSample(
                Pressure.read(files, "/proc/pressure/cpu"),
                Pressure.read(files, "/proc/pressure/memory"),
                Pressure.read(files, "/proc/pressure/io"));
        return new HostSample(
                bootedAt,
                cpu,
                memory(),
                load(),
                pressure.isEmpty() ? null : pressure,
                network(),
                disks(),
                fileSystems.read(unknown),
                oomKills());
    }

    /** Known after the first reading. */
    @Nullable
    Instant bootedAt() {
        return bootedAt;
    }

    private @Nullable CpuSample cpu() {
        CpuSample now = null;
        int count = 0;
        for (String line : files.lines("/proc/stat")) {
            if (line.startsWith("cpu ")) {
                now = cpu(SPACE.split(line));
            } else if (line.startsWith("cpu")) {
                count++;
            } else if (line.startsWith("btime ")) {
                long seconds = Fields.number(line.substring(6).trim()).orElse(0);
                bootedAt = Instant.ofEpochSecond(seconds);
                break;
            }
        }
        if (now == null) {
            return null;
        }
        CpuSample counted = now.of(count);
        CpuSample before = lastCpu;
        lastCpu = counted;
        return before == null ? counted : counted.since(before);
    }

    /** cpu user nice system idle iowait irq softirq steal; the guests' time is in user and nice. */
    private static CpuSample cpu(String[] words) {
        double[] seconds = new double[9];
        for (int i = 1; i < Math.min(words.length, 9); i++) {
            seconds[i] = Fields.number(words[i]).orElse(0) / ProcessStat.TICKS_A_SECOND;
        }
        return new CpuSample(
                0,
                null,
                seconds[1] + seconds[2],
                seconds[3] + seconds[6] + seconds[7],
                seconds[4],
                seconds[5],
                seconds[8]);
    }

    private @Nullable MemorySample memory() {
        Map<String, Long> table = Fields.table(files.read("/proc/meminfo"));
        Long total = table.get("MemTotal");
        if (total == null) {
            return null;
        }
        long free = table.getOrDefault("MemFree", 0L);
        long cached = table.getOrDefault("Cached", 0L) + table.getOrDefault("SReclaimable", 0L);
        return MemorySample.of(
                total,
                table.getOrDefault("MemAvailable", free + cached),
                free,
                cached,
                table.getOrDefault("SwapTotal", 0L),
                table.getOrDefault("SwapFree", 0L));
    }

    private @Nullable LoadSample load() {
        String line = files.word("/proc/loadavg");
        String[] words = line == null ? new String[0] : SPACE.split(line);
        if (words.length < 4) {
            return null;
        }
        try {
            String[] threads = words[3].split("/");
            return new LoadSample(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Integer.valueOf(threads[0]),
                    Integer.valueOf(threads[1]));
        } catch (RuntimeException e) {
            return null;
        }
    }

    private List<NetworkSample> network() {
        List<NetworkSample> network = new ArrayList<>();
        for (String line : files.lines("/proc/net/dev")) {
            int colon = line.lastIndexOf(':');
            String[] n = colon < 0
                    ? new String[0]
                    : SPACE.split(line.substring(colon + 1).trim());
            if (n.length >= 12 && !(n[1].equals("0") && n[9].equals("0"))) {
                network.add(new NetworkSample(
                        line.substring(0, colon).trim(),
                        number(n[0]),
                        number(n[1]),
                        number(n[2]),
                        number(n[3]),
                        number(n[8]),
                        number(n[9]),
                        number(n[10]),
                        number(n[11])));
            }
        }
        return network;
    }

    private List<DiskSample> disks() {
        List<DiskSample> disks = new ArrayList<>();
        for (String line : files.lines("/proc/diskstats")) {
            String[] n = SPACE.split(line.trim());
            if (n.length >= 14 && !(n[3].equals("0") && n[7].equals("0"))) {
                disks.add(new DiskSample(
                        n[2],
                        number(n[3]),
                        number(n[5]) * SECTOR,
                        number(n[7]),
                        number(n[9]) * SECTOR,
                        number(n[12]) / 1e3));
            }
        }
        return disks;
    }

    private @Nullable Long oomKills() {
        String content = files.read("/proc/vmstat");
        int at = content == null ? -1 : content.indexOf("\noom_kill ");
        if (content == null || at < 0) {
            return null;
        }
        int end = content.indexOf('\n', at + 1);
        return Fields.orNull(Fields.number(content.substring(at + 10, end < 0 ? content.length() : end)));
    }

    private static long number(String text) {
        return Fields.number(text).orElse(0);
    }
}
