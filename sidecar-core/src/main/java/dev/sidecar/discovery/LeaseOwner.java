package dev.sidecar.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process that wrote a lease; the start time tells it from a later one with the same number.
 *
 * @param pidNamespace where the number means something, as {@code /proc/self/ns/pid} has it
 * @param startTicks field 22 of {@code /proc/<pid>/stat}
 */
record LeaseOwner(String pidNamespace, long pid, long startTicks) {

    private static final Path PROC = Path.of("/proc");

    /** This process; null where {@code /proc} does not show it, then a lease ends by its ttl only. */
    static @Nullable LeaseOwner current() {
        try {
            long pid = ProcessHandle.current().pid();
            String namespace =
                    Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
            Stat self = Stat.of(PROC.resolve("self/stat"));
            Stat byNumber = Stat.of(PROC.resolve(pid + "/stat"));
            return self.equals(byNumber) ? new LeaseOwner(namespace, pid, self.startTicks()) : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Whether the process is known to be gone, as far as the observer can see it. */
    boolean isGone(@Nullable LeaseOwner observer) {
        if (observer == null || !observer.pidNamespace.equals(pidNamespace)) {
            return false;
        }
        if (observer.equals(this)) {
            return false;
        }
        try {
            Stat stat = Stat.of(PROC.resolve(pid + "/stat"));
            return stat.startTicks() != startTicks || stat.dead();
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException | RuntimeException e) {
            // A process that ends while it is read gives ESRCH; anything else says nothing.
            return !Files.exists(PROC.resolve(Long.toString(pid)));
        }
    }

    private record Stat(boolean dead, long startTicks) {

        static Stat of(Path file) throws IOException {
            String line = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            // The command's name may hold blanks and parentheses; what follows the last one is fields 3 and on.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            char state = fields[0].charAt(0);
            return new Stat(state == 'Z' || state == 'X', Long.parseLong(fields[19]));
        }
    }
}
