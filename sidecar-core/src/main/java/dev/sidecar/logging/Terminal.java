package dev.sidecar.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody looks at a standard stream. */
final class Terminal {

    private Terminal() {}

    static boolean isStandardOutput() {
        return is(1);
    }

    static boolean isStandardError() {
        return is(2);
    }

    /** Colours are for terminals that can and people who did not refuse them, see no-color.org. */
    static boolean wantsColour() {
        String refused = System.getenv("NO_COLOR");
        return (refused == null || refused.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    private static boolean is(int descriptor) {
        try {
            return isDevice(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString());
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    static boolean isDevice(String path) {
        return path.startsWith("/dev/pts/") || path.startsWith("/dev/tty") || path.equals("/dev/console");
    }
}
