package dev.sidecar.server.supervisor;

import dev.sidecar.runtime.SidecarHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the application finds the socket for sd_notify. */
final class NotifyAddress {

    /** {@code sun_path} of 108 bytes, the last of them 0. */
    private static final int MAX_BYTES = 107;

    /** What of the run is in the name. */
    private static final int RUN = 8;

    private NotifyAddress() {}

    /**
     * The configured one, or a path in the directory of sockets, which is its owner's alone; where that is too long, an
     * abstract name nobody can guess.
     *
     * @param run different for each process
     */
    static String of(@Nullable String configured, SidecarHome home, String name, String run) {
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        Path usual = home.path().toAbsolutePath().resolve("run").resolve(name + "-" + shortened(run) + ".notify");
        return usual.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES ? usual.toString() : unguessable();
    }

    /** An abstract name, which needs no disk. */
    static String unguessable() {
        return "@sidecar-" + UUID.randomUUID();
    }

    /** The usual paths of this name, of whatever run. */
    static String glob(String name) {
        return name + "-" + "[0-9a-f]".repeat(RUN) + ".notify";
    }

    private static String shortened(String run) {
        return run.substring(0, Math.min(RUN, run.length()));
    }
}
