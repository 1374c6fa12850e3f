package dev.sidecar.health;

/** One defined check: gathers results until it is closed. Thread-safe. */
sealed interface Check extends AutoCloseable permits PolledCheck, TtlCheck {

    CheckState state();

    /** Begins to gather. */
    void start();

    /** Stops a run that is under way; no result counts after this. */
    @Override
    void close();
}
