package dev.sidecar.server.lifecycle;

/** Exit codes besides the application's own; from {@code sysexits.h} and the shell. */
public final class ExitCodes {

    /** Wrong usage of the command line (EX_USAGE). */
    public static final int USAGE = 64;

    /** The application could not be kept running, or no sidecar answers (EX_UNAVAILABLE). */
    public static final int UNAVAILABLE = 69;

    /** Our fault (EX_SOFTWARE). */
    public static final int SOFTWARE = 70;

    /** Bad configuration, a taken port or socket included (EX_CONFIG). */
    public static final int CONFIG = 78;

    /** The command was found and cannot be run. */
    public static final int NOT_EXECUTABLE = 126;

    /** The command does not exist. */
    public static final int NOT_FOUND = 127;

    private ExitCodes() {}
}
