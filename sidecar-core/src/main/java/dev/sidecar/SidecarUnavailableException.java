package dev.sidecar;

import org.jspecify.annotations.Nullable;

/** The sidecar process did not answer, and this operation has no fallback. */
public final class SidecarUnavailableException extends SidecarException {

    private static final long serialVersionUID = 1L;

    public static final String CODE = "sidecar-unavailable";

    public SidecarUnavailableException(String detail, @Nullable Throwable cause) {
        super(Problem.of(503, CODE, detail), cause);
    }
}
