package dev.sidecar.server.lifecycle;

/** The process must end: a message for people that says what to do, and an exit code for programs. */
public final class StartupFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public StartupFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
