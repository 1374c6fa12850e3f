package dev.sidecar.server.supervisor;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application's command line: the program and its arguments, given to it as they are. */
public record AppCommand(List<String> words) {

    /** File names that say nothing of the application, so the directory's name is taken instead. */
    private static final Set<String> GENERIC =
            Set.of("server", "main", "app", "index", "start", "run", "manage", "__main__", "application", "service");

    public AppCommand {
        words = List.copyOf(words);
    }

    public String program() {
        return words.get(0);
    }

    /**
     * Looks for the program as a shell would, so that a mistake is told before anything heavy is started.
     *
     * @throws StartupFailure 127 when there is none, 126 when it cannot be run
     */
    public void check(@Nullable String searchPath) {
        String program = program();
        if (program.contains("/")) {
            Path path = Path.of(program);
            if (!Files.exists(path)) {
                throw new StartupFailure(
                        ExitCodes.NOT_FOUND, "command not found: " + program + " (no such file; check the path)");
            }
            if (!runnable(path)) {
                throw notExecutable(path);
            }
            return;
        }
        Path refused = null;
        for (String directory : (searchPath == null ? "/usr/bin:/bin" : searchPath).split(File.pathSeparator, -1)) {
            Path candidate = candidate(directory, program);
            if (candidate != null && runnable(candidate)) {
                return;
            }
            if (candidate != null && Files.isRegularFile(candidate)) {
                refused = candidate;
            }
        }
        if (refused != null) {
            throw notExecutable(refused);
        }
        throw new StartupFailure(
                ExitCodes.NOT_FOUND, "command not found: " + program + " (not in PATH; install it or give its path)");
    }

    private static @Nullable Path candidate(String directory, String program) {
        try {
            return Path.of(directory).resolve(program);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean runnable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static StartupFailure notExecutable(Path path) {
        return new StartupFailure(
                ExitCodes.NOT_EXECUTABLE,
                Files.isDirectory(path)
                        ? "cannot execute: " + path + " is a directory"
                        : "permission denied: " + path + " is not executable; chmod +x it or name its interpreter");
    }

    /**
     * What the service is called when nobody says: the base name of the script or program, or of its directory where
     * the base name is one such as {@code server} or {@code main}.
     */
    public String derivedName() {
        for (String word : words.subList(1, words.size())) {
            if (!word.startsWith("-") && isFile(word)) {
                return nameOf(Path.of(word));
            }
        }
        return nameOf(Path.of(program()));
    }

    private static boolean isFile(String word) {
        try {
            return Files.isRegularFile(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static String nameOf(Path program) {
        Path file = program.toAbsolutePath().normalize();
        String base = baseName(file);
        Path directory = file.getParent();
        if (GENERIC.contains(base.toLowerCase(Locale.ROOT)) && directory != null && directory.getFileName() != null) {
            base = directory.getFileName().toString();
        }
        String name = base.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
        return name.isEmpty() ? "app" : name.substring(0, Math.min(name.length(), 64));
    }

    private static String baseName(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
