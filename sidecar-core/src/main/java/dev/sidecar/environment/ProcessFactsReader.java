package dev.sidecar.environment;

import dev.sidecar.linux.Fields;
import dev.sidecar.linux.LinuxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process: its command, user and variables, as far as this user may see them. */
final class ProcessFactsReader {

    private final LinuxFiles files;
    private final VariableSecrets secrets;

    ProcessFactsReader(LinuxFiles files, VariableSecrets secrets) {
        this.files = files;
        this.secrets = secrets;
    }

    /** Null when it has ended. */
    @Nullable
    ProcessFacts process(long pid, @Nullable Instant bootedAt) {
        String command = files.read("/proc/" + pid + "/cmdline");
        if (command == null) {
            return null;
        }
        List<String> words = List.of(command.split("\0"));
        return new ProcessFacts(pid, secrets.redactArguments(words), workingDirectory(pid), startedAt(pid, bootedAt));
    }

    private @Nullable String workingDirectory(long pid) {
        try {
            return Files.readSymbolicLink(files.path("/proc/" + pid + "/cwd")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private @Nullable Instant startedAt(long pid, @Nullable Instant bootedAt) {
        String stat = files.read("/proc/" + pid + "/stat");
        if (stat == null || bootedAt == null) {
            return null;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        return fields.length < 20
                ? null
                : bootedAt.plusMillis(Fields.number(fields[19]).orElse(0) * 10);
    }

    /** The variables it was started with, null when they may not be read. */
    @Nullable
    Map<String, String> variables(long pid) {
        String content = files.read("/proc/" + pid + "/environ");
        if (content == null || content.isEmpty()) {
            return null;
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (String entry : content.split("\0")) {
            int equals = entry.indexOf('=', 1);
            if (equals > 0) {
                variables.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }

    /** Who it runs as. */
    UserFacts user(String process, Map<String, String> variables) {
        Long uid = null;
        Long gid = null;
        for (String line : files.lines("/proc/" + process + "/status")) {
            if (line.startsWith("Uid:")) {
                uid = effective(line);
            } else if (line.startsWith("Gid:")) {
                gid = effective(line);
            }
        }
        String name = null;
        String home = null;
        for (String line : files.lines("/etc/passwd")) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 7 && fields[2].equals(String.valueOf(uid))) {
                name = fields[0];
                home = fields[5];
                break;
            }
        }
        return new UserFacts(
                name != null ? name : variables.get("USER"), uid, gid, variables.getOrDefault("HOME", home));
    }

    private static @Nullable Long effective(String line) {
        String[] words = line.trim().split("\\s+");
        return words.length < 3 ? null : Fields.orNull(Fields.number(words[2]));
    }
}
