package dev.sidecar.server.edge.driver.nginx;

import dev.sidecar.server.edge.driver.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where this NGINX has its things.
 *
 * @param mainConfig the file everything is included from
 * @param pidFile of the master process
 * @param errorLog null where it is not a file
 */
record Installation(Path mainConfig, Path pidFile, @Nullable Path errorLog) {

    /**
     * As the command says ({@code -c}, {@code -p}), else as the main configuration says, else as it was compiled.
     *
     * @param command that starts or checks it
     */
    static Installation find(List<String> command, @Nullable Path pidFile, Program program) {
        String compiled = program.run(List.of(command.get(0), "-V")).output();
        Path prefix = Path.of(option(command, "-p").orElse(compiled(compiled, "prefix", "/etc/nginx")));
        Path main = prefix.resolve(
                        option(command, "-c").orElse(compiled(compiled, "conf-path", "/etc/nginx/nginx.conf")))
                .toAbsolutePath()
                .normalize();
        String text = text(main);
        Path pid = pidFile != null
                ? pidFile.toAbsolutePath()
                : prefix.resolve(directive(text, "pid").orElse(compiled(compiled, "pid-path", "/run/nginx.pid")));
        Path log = directive(text, "error_log")
                .or(() -> Optional.of(compiled(compiled, "error-log-path", "stderr")))
                .filter(value -> !value.equals("stderr") && !value.contains(":"))
                .map(prefix::resolve)
                .orElse(null);
        return new Installation(main, pid, log);
    }

    private static String text(Path main) {
        try {
            return Files.readString(main);
        } catch (IOException e) {
            return "";
        }
    }

    static Optional<String> option(List<String> command, String name) {
        int at = command.indexOf(name);
        return at >= 0 && at + 1 < command.size() ? Optional.of(command.get(at + 1)) : Optional.empty();
    }

    private static String compiled(String version, String option, String otherwise) {
        Matcher found = Pattern.compile("--" + option + "=(\\S+)").matcher(version);
        return found.find() ? found.group(1) : otherwise;
    }

    private static Optional<String> directive(String config, String name) {
        Matcher found =
                Pattern.compile("(?m)^\\s*" + name + "\\s+[\"']?([^\\s;\"']+)").matcher(config);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
