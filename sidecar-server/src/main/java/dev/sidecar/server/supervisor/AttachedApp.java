package dev.sidecar.server.supervisor;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An application that somebody else started. It is told apart from a later process of the same number by the time it
 * was started; a zombie has ended.
 */
public final class AttachedApp {

    private final long pid;
    private final @Nullable String startTime;

    private AttachedApp(long pid, @Nullable String startTime) {
        this.pid = pid;
        this.startTime = startTime;
    }

    /**
     * The process of this number.
     *
     * @throws StartupFailure 69 when there is none
     */
    public static AttachedApp of(long pid) {
        String startTime = startTime(pid);
        if (startTime == null) {
            throw new StartupFailure(ExitCodes.UNAVAILABLE, "--pid: there is no process " + pid);
        }
        return new AttachedApp(pid, startTime);
    }

    /** One of which only the port is known: its end is not noticed, only what the health checks say of it. */
    public static AttachedApp unknown() {
        return new AttachedApp(0, null);
    }

    boolean isKnown() {
        return startTime != null;
    }

    boolean isAlive() {
        return startTime == null || startTime.equals(startTime(pid));
    }

    long pid() {
        return pid;
    }

    /** What the service is called when nobody says: as the program, else as this directory. */
    public String derivedName() {
        try {
            if (startTime != null) {
                return AppCommand.nameOf(Path.of(Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                        .trim()));
            }
        } catch (IOException e) {
            // It has just ended; the directory will do.
        }
        return AppCommand.nameOf(Path.of("").toAbsolutePath().resolve("app"));
    }

    /** Field 22 of {@code /proc/<pid>/stat}, null when the process has ended. */
    private static @Nullable String startTime(long pid) {
        try {
            byte[] stat = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
            String line = new String(stat, StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended ? null : fields[19];
        } catch (IOException e) {
            return null;
        }
    }
}
