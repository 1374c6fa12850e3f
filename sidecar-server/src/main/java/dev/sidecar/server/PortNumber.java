package dev.sidecar.server;

import org.jspecify.annotations.Nullable;

/** What a port may be; a value out of range ends the start before anything listens. */
public final class PortNumber {

    private static final int HIGHEST = 65535;

    private PortNumber() {}

    /**
     * Of something that listens, where 0 is any free port.
     *
     * @throws StartupProblem naming the property
     */
    public static void requireListening(String property, @Nullable Integer port) {
        if (port != null && (port < 0 || port > HIGHEST)) {
            throw new StartupProblem(
                    property + ": '" + port + "' is not a port", "Give a number from 1 to 65535, or 0 for any.");
        }
    }

    /**
     * Of something that is called.
     *
     * @throws StartupProblem naming the property
     */
    static void requireCalled(String property, @Nullable Integer port) {
        if (port != null && (port < 1 || port > HIGHEST)) {
            throw new StartupProblem(property + ": '" + port + "' is not a port", "Give a number from 1 to 65535.");
        }
    }
}
