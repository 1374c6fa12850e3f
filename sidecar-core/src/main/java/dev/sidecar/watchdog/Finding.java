package dev.sidecar.watchdog;

/** What the machine found out: something is wrong, or is no longer. */
sealed interface Finding {

    Cause cause();

    String detail();

    /** Something is wrong, and was not before. */
    record Trouble(Cause cause, String detail) implements Finding {}

    /** It is over. */
    record Recovery(Cause cause, String detail) implements Finding {}
}
