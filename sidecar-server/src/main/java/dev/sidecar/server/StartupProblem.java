package dev.sidecar.server;

import java.util.Optional;

/**
 * The process cannot start as it is configured, and a person can mend that. The message names the property and the
 * value, the action says what to do; together they are all that is printed.
 */
public final class StartupProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    public StartupProblem(String message, String action) {
        super(message);
        this.action = action;
    }

    /** What to do about it, as a sentence. */
    public String action() {
        return action;
    }

    /** The one that is the failure or one of its causes. */
    public static Optional<StartupProblem> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof StartupProblem problem) {
                return Optional.of(problem);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
