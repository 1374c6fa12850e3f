package dev.sidecar;

import org.jspecify.annotations.Nullable;

/** A command was refused; nothing of it was applied. The same {@link #code()} comes from every delivery. */
public class SidecarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public SidecarException(Problem problem) {
        this(problem, null);
    }

    public SidecarException(Problem problem, @Nullable Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    /** Bad input: status 400, or 422 where the syntax is right and the value is not. */
    public static SidecarException invalid(String code, String detail) {
        return new SidecarException(Problem.of(400, code, detail));
    }

    public static SidecarException notFound(String code, String detail) {
        return new SidecarException(Problem.of(404, code, detail));
    }

    public static SidecarException conflict(String code, String detail) {
        return new SidecarException(Problem.of(409, code, detail));
    }

    public Problem problem() {
        return problem;
    }

    public String code() {
        return problem.code();
    }
}
