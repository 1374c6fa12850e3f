package dev.sidecar.runtime;

import java.util.OptionalLong;

/**
 * The process at the root of the application: this one where the engines are inside it, and the one the supervisor
 * started or was attached to where they are beside it. Thread-safe.
 */
public final class AppRoot {

    private volatile long pid;

    private AppRoot(long pid) {
        this.pid = pid;
    }

    /** The application is this process. */
    public static AppRoot thisProcess() {
        return new AppRoot(ProcessHandle.current().pid());
    }

    /** Not known yet: whoever starts the application says so by {@link #is}. */
    public static AppRoot unknown() {
        return new AppRoot(0);
    }

    /** From now on it is this process. */
    public void is(long process) {
        pid = process;
    }

    /** The process has ended; there is none until the next is named. */
    public void ended() {
        pid = 0;
    }

    /** Empty while no application runs, or only its port is known. */
    public OptionalLong pid() {
        long current = pid;
        return current == 0 ? OptionalLong.empty() : OptionalLong.of(current);
    }

    /** Whether the application is this process. */
    public boolean isThisProcess() {
        return pid == ProcessHandle.current().pid();
    }
}
