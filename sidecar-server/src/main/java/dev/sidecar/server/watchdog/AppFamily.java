package dev.sidecar.server.watchdog;

/** Who belongs to the application. Implementations are thread-safe. */
@FunctionalInterface
public interface AppFamily {

    /** Whether a process of this number runs and is the application or descends from it. */
    boolean contains(long pid);
}
