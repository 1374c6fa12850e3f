package dev.sidecar.environment;

import dev.sidecar.linux.Fields;
import dev.sidecar.linux.LinuxFiles;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine and its operating system, from {@code /proc} and {@code /etc/os-release}. */
final class HostFactsReader {

    private final LinuxFiles files;

    HostFactsReader(LinuxFiles files) {
        this.files = files;
    }

    HostFacts host(String fallbackName) {
        Map<String, Long> memory = Fields.table(files.read("/proc/meminfo"));
        String name = files.word("/proc/sys/kernel/hostname");
        int cpus = 0;
        Instant bootedAt = null;
        for (String line : files.lines("/proc/stat")) {
            if (line.startsWith("cpu") && !line.startsWith("cpu ")) {
                cpus++;
            } else if (line.startsWith("btime ")) {
                bootedAt = Instant.ofEpochSecond(
                        Fields.number(line.substring(6).trim()).orElse(0));
            }
        }
        return new HostFacts(
                name == null ? fallbackName : name,
                System.getProperty("os.arch", "unknown"),
                cpus == 0 ? Runtime.getRuntime().availableProcessors() : cpus,
                cpuModel(),
                memory.get("MemTotal"),
                memory.get("SwapTotal"),
                bootedAt);
    }

    private @Nullable String cpuModel() {
        for (String line : files.lines("/proc/cpuinfo")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.startsWith("model name")) {
                return line.substring(colon + 1).strip();
            }
        }
        return files.word("/sys/firmware/devicetree/base/model");
    }

    OsFacts os() {
        Map<String, String> release = new HashMap<>();
        String file = files.isFile("/etc/os-release") ? "/etc/os-release" : "/usr/lib/os-release";
        for (String line : files.lines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(
                        line.substring(0, equals),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        String type = System.getProperty("os.name", "unknown");
        String kernel = files.word("/proc/sys/kernel/osrelease");
        String version = release.containsKey("VERSION") ? release.get("VERSION") : release.get("VERSION_ID");
        return new OsFacts(
                type.toLowerCase(Locale.ROOT),
                release.getOrDefault("NAME", type),
                version,
                kernel == null ? System.getProperty("os.version") : kernel);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
