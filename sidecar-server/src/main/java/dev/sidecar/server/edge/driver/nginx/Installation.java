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
 * @param prefix that relative paths are relative to, where a command says it; null for the compiled one
 * @param pidFile of the master process
 * @param errorLog null where it is not a file
 */
record Installation(Path mainConfig, @Nullable Path prefix, Path pidFile, @Nullable Path errorLog) {

    /**
     * As the commands say ({@code -c}, {@code -p}, {@code -g}; the first that has a {@code -c} or {@code -p}), else as
     * the main configuration says, else as it was compiled.
     *
     * @param commands that check, start or reload it, each beginning with the program; not empty
     */
    static Installation find(List<List<String>> commands, @Nullable Path pidFile, Program program) {
        List<String> command = commands.stream()
                .filter(words ->
                        option(words, 'c').isPresent() || option(words, 'p').isPresent())
                .findFirst()
                .orElse(commands.get(0));
        String compiled = program.run(List.of(command.get(0), "-V")).output();
        Path prefix = Path.of(option(command, 'p').orElse(compiled(compiled, "prefix", "/etc/nginx")));
        Path main = prefix.resolve(
                        option(command, 'c').orElse(compiled(compiled, "conf-path", "/etc/nginx/nginx.conf")))
                .toAbsolutePath()
                .normalize();
        String text = option(command, 'g').orElse("") + "\n" + text(main);
        Path pid = pidFile != null
                ? pidFile.toAbsolutePath()
                : prefix.resolve(directive(text, "pid").orElse(compiled(compiled, "pid-path", "/run/nginx.pid")));
        Path log = directive(text, "error_log")
                .or(() -> Optional.of(compiled(compiled, "error-log-path", "stderr")))
                .filter(value -> !value.equals("stderr") && !value.contains(":"))
                .map(prefix::resolve)
                .orElse(null);
        return new Installation(main, option(command, 'p').isPresent() ? prefix : null, pid, log);
    }

    private static String text(Path main) {
        try {
            return Files.readString(main);
        } catch (IOException e) {
            return "";
        }
    }

    /** The value of an option, as NGINX reads its command line: {@code -c file}, {@code -cfile}, {@code -tc file}. */
    static Optional<String> option(List<String> command, char name) {
        for (int i = 1; i < command.size(); i++) {
            String word = command.get(i);
            int at = word.indexOf(name, 1);
            if (!word.startsWith("-") || at < 0 || !word.substring(1, at).matches("[?hvVtTq]*")) {
                continue;
            }
            if (at + 1 < word.length()) {
                return Optional.of(word.substring(at + 1));
            }
            return i + 1 < command.size() ? Optional.of(command.get(i + 1)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static String compiled(String version, String option, String otherwise) {
        Matcher found = Pattern.compile("--" + option + "=(\\S+)").matcher(version);
        return found.find() ? found.group(1) : otherwise;
    }

    private static Optional<String> directive(String config, String name) {
        Matcher found = Pattern.compile("(?m)^(?:[^#\\n]*[;{}])?\\s*" + name + "\\s+[\"']?([^\\s;\"']+)")
                .matcher(config);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
