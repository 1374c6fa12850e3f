package dev.sidecar.server.edge.template;

import org.jspecify.annotations.Nullable;

/** A template could not be rendered; the message says where. */
public final class TemplateProblem extends Exception {

    private static final long serialVersionUID = 1L;

    public TemplateProblem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
