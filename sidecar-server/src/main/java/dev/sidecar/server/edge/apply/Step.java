package dev.sidecar.server.edge.apply;

/** The steps of an apply; a sidecar may be killed after each. */
public enum Step {
    BEGUN,
    STAGED,
    CHECKED,
    INSTALLING,
    INSTALLED,
    LOADED,
    KEPT,
    ENDED
}
