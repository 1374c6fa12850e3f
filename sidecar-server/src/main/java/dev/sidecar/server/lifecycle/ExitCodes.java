package dev.sidecar.server.lifecycle;

/** Exit codes besides the application's own; from {@code sysexits.h} and the shell. */
public final class ExitCodes {

    /** The answer is no: not healthy, no such key, or not what the caller expected to be there. */
    public static final int NO = 1;

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

    /**
     * What a command ends with that a running sidecar refused, by the status of its answer: 1 where it is no, 64 where
     * the question was wrong, 69 where it may be asked again, else 70.
     */
    public static int ofRefusal(int status) {
        return switch (status) {
            case 404, 409, 412 -> NO;
            case 429, 503 -> UNAVAILABLE;
            default -> status < 500 ? USAGE : SOFTWARE;
        };
    }
}
