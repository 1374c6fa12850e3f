package dev.sidecar.server.supervisor;

import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.WatchdogAction;
import dev.sidecar.watchdog.Watched;
import java.util.Map;

/**
 * The application under the watchdog's eyes.
 *
 * @param pid of its own process
 * @param isSupervised whether it is ours to end and to start again
 * @param hands what is done to it; false where that cannot be done
 */
record WatchedApp(long pid, boolean isSupervised, ProcessTree tree, Hands hands) implements Watched {

    /** What can be done to an application. */
    @FunctionalInterface
    interface Hands {

        boolean act(WatchdogAction action, Cause cause, String detail);

        /** For one that somebody else started. */
        static Hands tied() {
            return (action, cause, detail) -> false;
        }
    }

    @Override
    public Map<Cause, Double> usage() {
        return tree.usage();
    }

    @Override
    public String evidence() {
        return tree.describe();
    }

    @Override
    public boolean act(WatchdogAction action, Cause cause, String detail) {
        return hands.act(action, cause, detail);
    }
}
