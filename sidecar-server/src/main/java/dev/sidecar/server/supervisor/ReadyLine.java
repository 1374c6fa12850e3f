package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The line on standard error by which scripts and people know that the pair is up. */
final class ReadyLine {

    private static final long TICKS_A_SECOND = 100;

    private ReadyLine() {}

    static void print(Identity identity, Addresses here) {
        StringBuilder line = new StringBuilder("sidecar ready name=" + identity.name() + " api=" + here.api());
        here.socket().ifPresent(socket -> line.append(" socket=").append(socket));
        here.ops().ifPresent(ops -> line.append(" ops=").append(ops));
        System.err.println(line.append(" in=").append(millisSinceStart()).append("ms"));
    }

    /** Since this process began, the launcher's part of it included. */
    private static long millisSinceStart() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double uptime =
                    Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
            return Math.round(uptime * 1000) - Long.parseLong(fields[19]) * 1000 / TICKS_A_SECOND;
        } catch (IOException | NumberFormatException e) {
            return System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
        }
    }
}
