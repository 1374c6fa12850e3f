package dev.sidecar.watchdog;

import java.util.Map;

/**
 * The process that is watched, as the watchdog needs it: this one, or one that a supervisor runs. Implementations are
 * thread-safe; {@link #evidence} and {@link #act} may take their time and are called one at a time.
 */
public interface Watched {

    /** Its process id. */
    long pid();

    /**
     * Whether it can be started again. Failing checks are no cause where it cannot: all that could follow is what they
     * say already.
     */
    boolean isSupervised();

    /** What it uses now, of the resources asked for; what cannot be read is left out. */
    Map<Cause, Double> usage();

    /** What can be told of it at a glance, for the log; bounded in size and time. */
    String evidence();

    /**
     * Does something about it.
     *
     * @return false where this cannot be done to it; then the instance is made DOWN
     */
    boolean act(WatchdogAction action, Cause cause, String detail);
}
